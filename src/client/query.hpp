#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "tallystick/core/time.hpp"
#include "tallystick/wire/open_enum.hpp"

/// Addresses of calls: paths below an id, and their queries.
namespace tallystick::client {

struct QueryParameter {
  std::string_view name;
  std::optional<std::string> value;  ///< absent: it is left out
};

/// `path?name=value&…`: values percent-encoded, in the order given, so that one call always has one address.
[[nodiscard]] std::string with_query(std::string_view path, std::initializer_list<QueryParameter> parameters);

/// `path/id`, the id percent-encoded.
[[nodiscard]] std::string below(std::string_view path, std::string_view id);

/// Values of parameters, absent where there is none.
[[nodiscard]] std::optional<std::string> number_value(std::optional<int> number);
[[nodiscard]] std::optional<std::string> day_value(std::optional<core::Day> day);
template <class Enum>
[[nodiscard]] std::optional<std::string> enum_value(std::optional<Enum> value) {
  if (!value) return std::nullopt;
  return wire::OpenEnum<Enum>(*value).text();
}

}  // namespace tallystick::client
