#pragma once
#include <memory>
#include <optional>
#include <string>

#include "cli/client_options.hpp"
#include "cli/command.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"

namespace tallystick::cli {

/// The service that a command asks, and where its answer goes. Nothing is sent before the command does.
class AskedService {
 public:
  /// Chooses the output and connects. Failures: those of choose_output and of connect.
  [[nodiscard]] static Result<std::unique_ptr<AskedService>, Failure> open(const ClientOptions& options,
                                                                           const Surroundings& surroundings);

  [[nodiscard]] const Connection& connection() const { return *connection_; }
  [[nodiscard]] const Output& output() const { return output_; }
  [[nodiscard]] Progress& progress() { return progress_; }

  /// write_output of the answer, or its failure.
  [[nodiscard]] Status<Failure> write(const Result<std::string, Failure>& text) const;

 private:
  AskedService(const Terminal& terminal, Output output);

  const Terminal& terminal_;
  const Output output_;
  Progress progress_;
  std::optional<Connection> connection_;
};

}  // namespace tallystick::cli
