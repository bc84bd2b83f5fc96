#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tallystick/client/api_error.hpp"
#include "tallystick/client/transport_settings.hpp"

#pragma GCC visibility push(default)
namespace tallystick {

/// Names and values of header fields, in the order in which they are sent or came.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// One HTTP request as the client sends it.
struct HttpRequest {
  std::string method = "GET";
  std::string url{};
  Headers headers{};
  std::string body{};
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds timeout{60'000};  ///< of the whole exchange
  std::size_t answer_bytes_max = std::size_t{1} << 30U;
  bool once = false;  ///< never sent anew, not even where a kept connection turns out to be closed: takes a new one
  std::stop_token stop{};  ///< ends the exchange at once, with an ApiError of kind cancelled
};

/// What came back, whatever the status.
struct HttpResponse {
  int status = 0;
  Headers headers{};
  std::string body{};

  /// The first field of that name, compared without case.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

/// What moves bytes. Replace it to test without a network, or to record what is sent.
class HttpTransport {
 public:
  HttpTransport() = default;
  HttpTransport(const HttpTransport&) = delete;
  HttpTransport& operator=(const HttpTransport&) = delete;
  virtual ~HttpTransport() = default;

  /// One attempt, without retries and without following redirects: an answer of any status is a success. Errors: kind
  /// network where there was no answer, with `transient` where a second attempt may get one; kind answer where it is
  /// longer than answer_bytes_max; kind configuration where the request cannot be sent at all. Never throws. Any
  /// thread.
  [[nodiscard]] virtual ApiResult<HttpResponse> send(const HttpRequest& request) = 0;
};

/// The transport on libcurl: HTTP/1.1, keeps connections open for all threads, verifies certificates always, TLS 1.2 at
/// least. Settings that cannot work (a file that cannot be read, a key that does not fit) are an ApiError of kind
/// configuration of each request.
[[nodiscard]] std::shared_ptr<HttpTransport> make_curl_transport(TransportSettings settings = {});

}  // namespace tallystick
#pragma GCC visibility pop
