#pragma once
#include <curl/curl.h>

#include <cstddef>

#include "tallystick/client/http_transport.hpp"

namespace tallystick::client {

/// Takes an answer as libcurl reads it, up to the request's limits. Lives for one exchange.
class CurlReceiver {
 public:
  explicit CurlReceiver(std::size_t body_bytes_max) : body_bytes_max_(body_bytes_max) {}
  CurlReceiver(const CurlReceiver&) = delete;
  CurlReceiver& operator=(const CurlReceiver&) = delete;

  void listen_to(CURL* handle);
  [[nodiscard]] bool too_long() const { return too_long_; }
  /// Whether the head came to its end. Libcurl takes a connection that ends within it for an answer without a body.
  [[nodiscard]] bool has_head() const { return has_head_; }
  [[nodiscard]] HttpResponse take() && { return std::move(response_); }

 private:
  // Called from C: nothing may be thrown out of them.
  static std::size_t on_header(char* data, std::size_t one, std::size_t size, void* user) noexcept;
  static std::size_t on_body(char* data, std::size_t one, std::size_t size, void* user) noexcept;

  HttpResponse response_;
  std::size_t header_bytes_ = 0;
  const std::size_t body_bytes_max_;
  bool too_long_ = false;
  bool has_head_ = false;
};

}  // namespace tallystick::client
