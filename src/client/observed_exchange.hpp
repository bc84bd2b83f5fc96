#pragma once
#include <memory>
#include <string>

#include "client/call_log.hpp"
#include "client/known_secrets.hpp"
#include "client/pacing.hpp"
#include "tallystick/client/configuration.hpp"
#include "tallystick/client/http_transport.hpp"

namespace tallystick::client {

/// One attempt of one request as everyone sees it: hooks, log, and answers without the secrets that a server echoes.
class ObservedExchange {
 public:
  enum class Purpose {
    call,      ///< of the API
    token,     ///< gets the configuration's headers and time-outs here; of its bodies nothing is told
    download,  ///< goes to a place that the service named, by an address that is itself a secret
  };

  ObservedExchange(std::shared_ptr<const Configuration> configuration, std::shared_ptr<HttpTransport> transport,
                   Pacing pacing);

  /// As HttpTransport::send. In an answer of another status than 2xx, and in the message of an error, secrets are
  /// redacted.
  [[nodiscard]] ApiResult<HttpResponse> send(const HttpRequest& request, Purpose purpose) const;

  [[nodiscard]] const CallLog& log() const { return log_; }

 private:
  [[nodiscard]] ApiResult<HttpResponse> exchange(const HttpRequest& request, Purpose purpose) const;
  void tell(const HttpRequest& request, Purpose purpose, const ApiResult<HttpResponse>& outcome,
            std::chrono::microseconds duration) const;

  const std::shared_ptr<const Configuration> configuration_;
  const std::shared_ptr<HttpTransport> transport_;
  const Pacing pacing_;
  const std::shared_ptr<KnownSecrets> secrets_;
  const CallLog log_;
};

/// Puts headers over others: those of the same name, compared without case, give way. The order of what stays stays.
void put_over(Headers& headers, const Headers& over);

/// `12 ms`, `1.2 s`: for lines of the log.
[[nodiscard]] std::string told_duration(std::chrono::microseconds duration);

}  // namespace tallystick::client
