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

}  // namespace tallystick::client
