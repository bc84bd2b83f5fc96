#include "client/curl_receiver.hpp"

#include <new>
#include <string_view>

namespace tallystick::client {
namespace {

constexpr std::size_t header_bytes_max = std::size_t{256} << 10U;

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace

void CurlReceiver::listen_to(CURL* handle) {
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &on_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &on_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
}

std::size_t CurlReceiver::on_header(char* data, std::size_t, std::size_t size, void* user) noexcept {
  auto& receiver = *static_cast<CurlReceiver*>(user);
  const std::string_view line(data, size);
  receiver.header_bytes_ += size;
  if (receiver.header_bytes_ > header_bytes_max) {
    receiver.too_long_ = true;
    return 0;
  }
  try {
    // Each answer begins anew: an interim 1xx comes before the one that counts.
    if (line.starts_with("HTTP/")) {
      receiver.response_.headers.clear();
      receiver.has_head_ = false;
    }
    if (trim(line).empty()) receiver.has_head_ = true;
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && !line.starts_with("HTTP/")) {
      receiver.response_.headers.emplace_back(trim(line.substr(0, colon)), trim(line.substr(colon + 1)));
    }
  } catch (const std::bad_alloc&) {
    return 0;
  }
  return size;
}

std::size_t CurlReceiver::on_body(char* data, std::size_t, std::size_t size, void* user) noexcept {
  auto& receiver = *static_cast<CurlReceiver*>(user);
  if (size > receiver.body_bytes_max_ - receiver.response_.body.size()) {
    receiver.too_long_ = true;
    return 0;
  }
  try {
    receiver.response_.body.append(data, size);
  } catch (const std::bad_alloc&) {
    receiver.too_long_ = true;
    return 0;
  }
  return size;
}

}  // namespace tallystick::client
