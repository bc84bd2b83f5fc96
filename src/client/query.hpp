#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace tallystick::client {

struct QueryParameter {
  std::string_view name;
  std::optional<std::string> value;  ///< absent: it is left out
};

/// `path?name=value&…`: values percent-encoded, in the order given, so that one call always has one address.
[[nodiscard]] std::string with_query(std::string_view path, std::initializer_list<QueryParameter> parameters);

}  // namespace tallystick::client
