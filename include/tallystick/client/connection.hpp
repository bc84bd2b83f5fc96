#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "tallystick/client/api_error.hpp"
#include "tallystick/client/call_options.hpp"
#include "tallystick/client/configuration.hpp"
#include "tallystick/client/http_transport.hpp"
#include "tallystick/client/rate_limit.hpp"

#pragma GCC visibility push(default)
namespace tallystick {

namespace client {
class [[gnu::visibility("hidden")]] PacedConnection;
}
class ConfigurationFile;

/// What the API classes share: the configuration, the token (obtained when first needed, renewed before it expires
/// and once after a 401, by one thread for all), retries, the rate limit, the threads of started calls. Any thread.
/// Cheap to copy. The last copy's destructor cancels started calls and waits for their callbacks.
class Connection {
 public:
  /// `transport`: absent, libcurl with the configuration's TransportSettings.
  explicit Connection(Configuration configuration, std::shared_ptr<HttpTransport> transport = nullptr);
  /// Takes the file's profile, and takes it anew within a second of a change to it. What cannot be read is logged and
  /// leaves the former configuration in force.
  explicit Connection(std::shared_ptr<ConfigurationFile> file, std::shared_ptr<HttpTransport> transport = nullptr);

  /// One request of the API, without what the connection adds: base URL, token, headers.
  struct Call {
    std::string method = "GET";
    std::string path{};  ///< below the base URL, with its query, percent-encoded; begins with `/`
    std::string content_type = "application/json";
    std::string content_encoding{};  ///< `gzip`, `zstd`, or empty
    std::string body{};
    /// Whether it may be sent again after a failure; absent: a GET may, nothing else.
    std::optional<bool> repeatable{};
  };
  /// Sends with a bearer token. Success: an answer of status 2xx. Redirects are not followed, so that the token goes to
  /// the base URL alone: an answer of status 3xx is an error that names the address.
  [[nodiscard]] ApiAnswer<HttpResponse> send(const Call& call, const CallOptions& options = {}) const;
  /// The same on a thread of the connection's own; `done` is called once, on that thread, whatever happens.
  void start(Call call, CallOptions options, std::function<void(ApiAnswer<HttpResponse>)> done) const;

  /// Gets what a signed address of an answer leads to, such as an invoice's document: without a token, which belongs to
  /// the base URL alone. `address`: absolute, https, or http to loopback, with its query; anything else is an ApiError
  /// of kind configuration. Success: an answer of status 2xx; redirects are not followed.
  [[nodiscard]] ApiAnswer<HttpResponse> download(const std::string& address, const CallOptions& options = {}) const;

  /// Puts another configuration in force: calls that are under way end with the former one. Tokens stay where the
  /// client, its secret, the grant and the token address stay.
  void reconfigure(Configuration configuration) const;
  /// The one in force.
  [[nodiscard]] std::shared_ptr<const Configuration> configuration() const;
  [[nodiscard]] RateLimit rate_limit() const;

 private:
  friend class client::PacedConnection;
  class Impl;
  explicit Connection(std::shared_ptr<Impl> impl);
  std::shared_ptr<Impl> impl_;
};

/// Percent-encodes one path segment or query value (RFC 3986: all but unreserved characters).
[[nodiscard]] std::string percent_encode(std::string_view text);

}  // namespace tallystick
#pragma GCC visibility pop
