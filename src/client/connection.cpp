#include "tallystick/client/connection.hpp"

#include "client/authorized_sender.hpp"
#include "client/pacing.hpp"

namespace tallystick {

class Connection::Impl : public client::AuthorizedSender {
 public:
  using AuthorizedSender::AuthorizedSender;
};

Connection::Connection(Configuration configuration, std::shared_ptr<HttpTransport> transport)
    : impl_(std::make_shared<Impl>(std::move(configuration), std::move(transport), client::system_pacing())) {}

ApiResult<HttpResponse> Connection::send(const Call& call) const {
  return impl_->send(call);
}

ApiResult<HttpResponse> Connection::download(const std::string& address) const {
  return impl_->download(address);
}

void Connection::on_retry(std::function<void(const Retry&)> observer) {
  impl_->on_retry(std::move(observer));
}

const Configuration& Connection::configuration() const {
  return impl_->configuration();
}

}  // namespace tallystick
