#include "client/duration.hpp"

#include <charconv>
#include <cstdint>

namespace tallystick::client {

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  std::uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [unit_begin, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc()) return std::nullopt;
  const std::string_view unit(unit_begin, static_cast<std::size_t>(end - unit_begin));
  std::int64_t unit_ms = 0;
  if (unit == "ms") unit_ms = 1;
  if (unit == "s" || unit.empty()) unit_ms = 1000;
  if (unit == "m" || unit == "min") unit_ms = 60'000;
  if (unit == "h") unit_ms = 3'600'000;
  const std::chrono::milliseconds duration{number * unit_ms};
  if (duration.count() < 1 || duration > duration_max) return std::nullopt;
  return duration;
}

}  // namespace tallystick::client
