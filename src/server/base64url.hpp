#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace tallystick::server {

/// RFC 4648, section 5, without padding: fit for an address as it is.
[[nodiscard]] std::string to_base64url(std::string_view bytes);
/// Absent: not what to_base64url writes.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace tallystick::server
