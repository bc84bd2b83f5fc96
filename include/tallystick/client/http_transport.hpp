#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tallystick/client/api_error.hpp"

namespace tallystick {

/// One HTTP request as the client sends it.
struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds timeout{60'000};
};

/// What came back, whatever the status.
struct HttpResponse {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

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

  /// One attempt, without retries and without following redirects. An error of kind network where there was no
  /// answer. Any thread.
  [[nodiscard]] virtual ApiResult<HttpResponse> send(const HttpRequest& request) = 0;
};

/// The transport on libcurl: keeps connections open, verifies certificates, TLS 1.2 at least.
[[nodiscard]] std::shared_ptr<HttpTransport> make_curl_transport();

}  // namespace tallystick
