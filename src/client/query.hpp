#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace tallystick::client {

/// `path?name=value&…`: values percent-encoded, in the order given, so that one call always has one address.
[[nodiscard]] std::string with_query(std::string_view path,
                                     std::initializer_list<std::pair<std::string_view, std::string>> parameters);

}  // namespace tallystick::client
