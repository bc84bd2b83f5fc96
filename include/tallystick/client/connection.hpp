#pragma once
#include <functional>
#include <memory>
#include <string>

#include "tallystick/client/api_error.hpp"
#include "tallystick/client/configuration.hpp"
#include "tallystick/client/http_transport.hpp"

namespace tallystick {

/// What the API classes share: the configuration, the token (obtained when first needed, renewed before it expires
/// and once after a 401, by one thread for all), retries. Any thread. Cheap to copy.
class Connection {
 public:
  explicit Connection(Configuration configuration, std::shared_ptr<HttpTransport> transport = make_curl_transport());

  struct Call {
    std::string method = "GET";
    std::string path{};  ///< below the base URL, with its query, percent-encoded; begins with `/`
    std::string content_type = "application/json";
    std::string content_encoding{};  ///< `gzip`, `zstd`, or empty
    std::string body{};
    bool repeatable = true;  ///< may be sent again after a failure
  };
  /// Sends with a bearer token. Success: an answer of status 2xx. Redirects are not followed, so that the token goes to
  /// the base URL alone: an answer of status 3xx is an error that names the address.
  [[nodiscard]] ApiResult<HttpResponse> send(const Call& call) const;

  /// Gets what a signed address of an answer leads to, such as an invoice's document: without a token, which belongs to
  /// the base URL alone. `address`: absolute, https, or http to loopback, with its query; anything else is an ApiError
  /// of kind configuration. Success: an answer of status 2xx; redirects are not followed.
  [[nodiscard]] ApiResult<HttpResponse> download(const std::string& address) const;

  /// Called before each pause of a retry, so that a person can be told. Set it before the first call.
  struct Retry {
    int attempt = 1;  ///< that failed
    std::chrono::milliseconds pause{0};
    ApiError error;
  };
  void on_retry(std::function<void(const Retry&)> observer);

  [[nodiscard]] const Configuration& configuration() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

/// Percent-encodes one path segment or query value (RFC 3986: all but unreserved characters).
[[nodiscard]] std::string percent_encode(std::string_view text);

}  // namespace tallystick
