#include "server/exchange.hpp"

#include <strings.h>

namespace tallystick::server {

bool equals_without_case(std::string_view one, std::string_view other) {
  return one.size() == other.size() && strncasecmp(one.data(), other.data(), one.size()) == 0;
}

std::optional<std::string_view> Request::header(std::string_view name) const {
  for (const auto& [field, value] : headers) {
    if (equals_without_case(field, name)) return value;
  }
  return std::nullopt;
}

}  // namespace tallystick::server
