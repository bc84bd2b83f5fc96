#include "client/query.hpp"

#include "tallystick/client/connection.hpp"

namespace tallystick::client {

std::string with_query(std::string_view path, std::initializer_list<QueryParameter> parameters) {
  std::string address(path);
  char separator = '?';
  for (const auto& [name, value] : parameters) {
    if (!value) continue;
    address += separator;
    address += name;
    address += '=';
    address += percent_encode(*value);
    separator = '&';
  }
  return address;
}

std::string below(std::string_view path, std::string_view id) {
  return std::string(path) + "/" + percent_encode(id);
}

std::optional<std::string> number_value(std::optional<int> number) {
  if (!number) return std::nullopt;
  return std::to_string(*number);
}

std::optional<std::string> day_value(std::optional<core::Day> day) {
  if (!day) return std::nullopt;
  return core::to_string(*day);
}

}  // namespace tallystick::client
