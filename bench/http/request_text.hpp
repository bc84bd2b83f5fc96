#pragma once
#include <string>
#include <string_view>

namespace tallystick::bench {

/// The whole of a GET on a keep-alive connection.
[[nodiscard]] inline std::string get_request(std::string_view target, std::string_view token) {
  std::string text = "GET ";
  text.append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ").append(token);
  return text.append("\r\nAccept: application/json\r\n\r\n");
}

/// The head of a POST of a CloudEvents batch, up to the blank line.
[[nodiscard]] inline std::string batch_head(std::string_view token, std::size_t body_bytes) {
  std::string text = "POST /tallystick/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ";
  text.append(token).append("\r\nContent-Type: application/cloudevents-batch+json\r\nContent-Length: ");
  return text.append(std::to_string(body_bytes)).append("\r\n\r\n");
}

}  // namespace tallystick::bench
