#include "tallystick/client/connection.hpp"

#include "client/authorized_sender.hpp"
#include "client/pacing.hpp"

namespace tallystick {

class Connection::Impl : public client::AuthorizedSender {
 public:
  using AuthorizedSender::AuthorizedSender;
};

Connection::Connection(Configuration configuration, std::shared_ptr<HttpTransport> transport)
    : impl_(std::make_shared<Impl>(std::move(configuration), transport ? std::move(transport) : make_curl_transport(),
                                   client::system_pacing())) {}

ApiAnswer<HttpResponse> Connection::send(const Call& call, const CallOptions& options) const {
  return impl_->send(call, options);
}

ApiAnswer<HttpResponse> Connection::download(const std::string& address, const CallOptions& options) const {
  return impl_->download(address, options);
}

std::shared_ptr<const Configuration> Connection::configuration() const {
  return std::make_shared<const Configuration>(impl_->configuration());
}

}  // namespace tallystick
