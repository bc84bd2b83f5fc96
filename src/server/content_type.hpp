#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/exchange.hpp"

namespace tallystick::server {

/// The media type of the request's body in lower case, without parameters. Absent: no Content-Type, or a charset that
/// is not UTF-8.
[[nodiscard]] std::optional<std::string> media_type_of(const Request& request);

}  // namespace tallystick::server
