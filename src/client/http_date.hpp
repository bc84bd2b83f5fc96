#pragma once
#include <chrono>
#include <optional>
#include <string_view>

namespace tallystick::client {

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the form of dates that HTTP asks senders for (RFC 9110, section 5.6.7). Absent:
/// anything else, the two forms of old times too.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

}  // namespace tallystick::client
