#include "tallystick/client/page_query.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace tallystick {
namespace {

// Undoes percent_encode; what is no escape stays as it is.
std::string percent_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char byte = 0;
    const char* const digits = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() && std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      decoded += static_cast<char>(byte);
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

}  // namespace

std::optional<std::string> cursor_after(const std::string& next_uri) {
  std::string_view query(next_uri);
  query.remove_prefix(std::min(query.find('?'), query.size()));
  while (!query.empty()) {
    query.remove_prefix(1);
    const std::string_view parameter = query.substr(0, query.find('&'));
    query.remove_prefix(parameter.size());
    constexpr std::string_view name = "after=";
    if (parameter.starts_with(name)) return percent_decode(parameter.substr(name.size()));
  }
  return std::nullopt;
}

}  // namespace tallystick
