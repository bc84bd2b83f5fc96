#include "tallystick/client/connection.hpp"

#include "client/answer.hpp"
#include "client/authorized_sender.hpp"
#include "client/pacing.hpp"
#include "client/started_calls.hpp"

namespace tallystick {

class Connection::Impl : public client::AuthorizedSender {
 public:
  using AuthorizedSender::AuthorizedSender;

  client::StartedCalls started;  ///< the first to end: what it does needs the rest
};

Connection::Connection(Configuration configuration, std::shared_ptr<HttpTransport> transport)
    : impl_(std::make_shared<Impl>(std::move(configuration), transport ? std::move(transport) : make_curl_transport(),
                                   client::system_pacing())) {}

ApiAnswer<HttpResponse> Connection::send(const Call& call, const CallOptions& options) const {
  return impl_->send(call, options);
}

void Connection::start(Call call, CallOptions options, std::function<void(ApiAnswer<HttpResponse>)> done) const {
  const std::stop_token stop = options.stop;
  // Not the shared Impl: what waits would keep the connection alive.
  auto work = [impl = impl_.get(), call = std::move(call), options = std::move(options),
               done = std::move(done)](std::stop_token either_stop) mutable {
    if (either_stop.stop_requested()) return done({fail(client::cancelled_error())});
    options.stop = std::move(either_stop);
    done(impl->send(call, options));
  };
  impl_->started.start(std::move(work), stop, impl_->configuration().started_calls_max);
}

ApiAnswer<HttpResponse> Connection::download(const std::string& address, const CallOptions& options) const {
  return impl_->download(address, options);
}

std::shared_ptr<const Configuration> Connection::configuration() const {
  return std::make_shared<const Configuration>(impl_->configuration());
}

}  // namespace tallystick
