#include "tallystick/client/connection.hpp"

#include <mutex>
#include <utility>

#include "client/answer.hpp"
#include "client/authorized_sender.hpp"
#include "client/paced_connection.hpp"
#include "client/pacing.hpp"
#include "client/started_calls.hpp"
#include "tallystick/client/configuration_file.hpp"

namespace tallystick {

class Connection::Impl {
 public:
  Impl(Configuration configuration, std::shared_ptr<HttpTransport> transport, std::shared_ptr<ConfigurationFile> file,
       client::Pacing pacing = client::system_pacing())
      : file_(std::move(file)), given_transport_(std::move(transport)), pacing_(std::move(pacing)) {
    put_in_force(std::move(configuration));
  }

  /// What calls that begin now are sent by.
  std::shared_ptr<client::AuthorizedSender> sender() {
    if (file_) take_changes();
    const std::lock_guard lock(mutex_);
    return sender_;
  }

  void put_in_force(Configuration configuration) {
    const std::lock_guard lock(mutex_);
    const bool has_other_settings = !sender_ || sender_->configuration()->transport != configuration.transport;
    // Connections stay open where nothing changed about them.
    if (given_transport_) {
      transport_ = given_transport_;
    } else if (has_other_settings) {
      transport_ = make_curl_transport(configuration.transport);
    }
    sender_ = std::make_shared<client::AuthorizedSender>(std::move(configuration), transport_, pacing_, sender_.get());
  }

  RateLimit rate_limit() {
    const std::lock_guard lock(mutex_);
    return sender_->rate_limit();
  }

 private:
  void take_changes() {
    auto change = file_->changed();
    if (!change) return;
    if (*change) return put_in_force(std::move(**change));
    std::unique_lock lock(mutex_);
    const auto sender = sender_;
    lock.unlock();
    sender->log().tell(LogLevel::warning, "configuration",
                       change->error().message + "; what was configured before stays in force");
  }

  const std::shared_ptr<ConfigurationFile> file_;
  const std::shared_ptr<HttpTransport> given_transport_;
  const client::Pacing pacing_;
  std::mutex mutex_;
  std::shared_ptr<HttpTransport> transport_;
  std::shared_ptr<client::AuthorizedSender> sender_;

 public:
  client::StartedCalls started;  ///< the first to end: what it does needs the rest
};

Connection::Connection(Configuration configuration, std::shared_ptr<HttpTransport> transport)
    : impl_(std::make_shared<Impl>(std::move(configuration), std::move(transport), nullptr)) {}

Connection::Connection(std::shared_ptr<ConfigurationFile> file, std::shared_ptr<HttpTransport> transport)
    : impl_(std::make_shared<Impl>(file->configuration(), std::move(transport), file)) {}

Connection::Connection(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

ApiAnswer<HttpResponse> Connection::send(const Call& call, const CallOptions& options) const {
  return impl_->sender()->send(call, options);
}

void Connection::start(Call call, CallOptions options, std::function<void(ApiAnswer<HttpResponse>)> done) const {
  const std::stop_token stop = options.stop;
  // Not the shared Impl: what waits would keep the connection alive.
  auto work = [impl = impl_.get(), call = std::move(call), options = std::move(options),
               done = std::move(done)](std::stop_token either_stop) mutable {
    if (either_stop.stop_requested()) return done({fail(client::cancelled_error())});
    options.stop = std::move(either_stop);
    done(impl->sender()->send(call, options));
  };
  impl_->started.start(std::move(work), stop, configuration()->started_calls_max);
}

ApiAnswer<HttpResponse> Connection::download(const std::string& address, const CallOptions& options) const {
  return impl_->sender()->download(address, options);
}

void Connection::reconfigure(Configuration configuration) const {
  impl_->put_in_force(std::move(configuration));
}

std::shared_ptr<const Configuration> Connection::configuration() const {
  return impl_->sender()->configuration();
}

RateLimit Connection::rate_limit() const {
  return impl_->rate_limit();
}

Connection client::PacedConnection::make(Configuration configuration, std::shared_ptr<HttpTransport> transport,
                                         Pacing pacing) {
  return Connection(
      std::make_shared<Connection::Impl>(std::move(configuration), std::move(transport), nullptr, std::move(pacing)));
}

}  // namespace tallystick
