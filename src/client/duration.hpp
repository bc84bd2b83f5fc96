#pragma once
#include <chrono>
#include <optional>
#include <string_view>

namespace tallystick::client {

inline constexpr std::chrono::milliseconds duration_max = std::chrono::hours{24};

/// Reads `500ms`, `30s`, `2m`, `1h`, or a bare number of seconds; a whole number, 1 ms to duration_max. Absent:
/// something else.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

}  // namespace tallystick::client
