#include "cli/asked_service.hpp"

#include <utility>

namespace tallystick::cli {

AskedService::AskedService(const Terminal& terminal, Output output)
    : terminal_(terminal), output_(std::move(output)), progress_(terminal, false) {}

Result<std::unique_ptr<AskedService>, Failure> AskedService::open(const ClientOptions& options,
                                                                  const Surroundings& surroundings) {
  auto output = choose_output(options.format, options.output, surroundings.terminal);
  if (!output) return fail(output.error());
  std::unique_ptr<AskedService> service(new AskedService(surroundings.terminal, *std::move(output)));
  auto connection = connect(options, surroundings.terminal, surroundings.transport, service->progress_);
  if (!connection) return fail(connection.error());
  service->connection_.emplace(*std::move(connection));
  return service;
}

Status<Failure> AskedService::write(const Result<std::string, Failure>& text) const {
  return write_output(output_, terminal_, text);
}

}  // namespace tallystick::cli
