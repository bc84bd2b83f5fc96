#include "server/server.hpp"

#include "server/call.hpp"
#include "server/router.hpp"
#include "server/transport.hpp"

namespace tallystick::server {
namespace {

std::shared_ptr<Service> make_service(const Settings& settings, UseCases use_cases) {
  const std::uint32_t requests_per_minute = settings.requests_per_minute;
  return std::shared_ptr<Service>(
      new Service{settings, std::move(use_cases), {}, RateLimit(requests_per_minute), nullptr, nullptr});
}

/// `bound`: with the real port; absent before the server listens.
std::string origin_of(const Settings& settings, const std::optional<Address>& bound) {
  if (!settings.public_url.empty()) return settings.public_url;
  const std::string_view scheme = settings.tls_certificate_file.empty() ? "http://" : "https://";
  return std::string(scheme) + to_string(bound.value_or(settings.listen));
}

}  // namespace

Response json_response(std::string body) {
  Response response;
  response.body = std::move(body);
  return response;
}

class Server::Impl {
 public:
  Impl(Settings settings, UseCases use_cases) {
    const auto service = make_service(settings, std::move(use_cases));
    const auto router = std::make_shared<const Router>(service);
    TransportCallbacks callbacks;
    callbacks.handle = [router](Request request, Reply reply) { router->handle(std::move(request), std::move(reply)); };
    callbacks.begin_at_once = [router](Request& request, const std::function<Reply()>& later) {
      return router->begin_at_once(request, later);
    };
    callbacks.body_bytes_max = [router](std::string_view method, std::string_view target) {
      return router->body_bytes_max(method, target);
    };
    callbacks.answer_fault = [router](TransportFault fault, std::size_t bytes_max, const Request& head) {
      return router->answer_fault(fault, bytes_max, head);
    };
    const Settings as_given = settings;
    transport = make_transport(std::move(settings), std::move(callbacks));
    // Weak: the transport holds the service by its callbacks.
    service->on_worker = [weak = std::weak_ptr(transport)](Lane lane, std::function<void()> task) {
      if (const auto alive = weak.lock()) alive->post_to_worker(lane, std::move(task));
    };
    service->origin = [as_given, weak = std::weak_ptr(transport)] {
      const auto alive = weak.lock();
      return origin_of(as_given, alive ? alive->address() : std::nullopt);
    };
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() { transport->stop(); }

  std::shared_ptr<Transport> transport;
};

Server::Server(Settings settings, UseCases use_cases)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(use_cases))) {}

Server::~Server() = default;

Result<Address, std::string> Server::start() {
  if (auto started = impl_->transport->start(); !started) return fail(started.error());
  return impl_->transport->address().value_or(Address{});
}

std::optional<Address> Server::admin_address() const {
  return impl_->transport->admin_address();
}

void Server::stop() {
  impl_->transport->stop();
}

}  // namespace tallystick::server
