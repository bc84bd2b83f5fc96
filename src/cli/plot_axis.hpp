#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tallystick/wire/concurrent_usage_report.hpp"

/// Axes of a plot of hourly maxima, whatever it is drawn with.
namespace tallystick::cli {

/// No count is drawn higher, so that positions can be worked out in 64 bits.
inline constexpr std::int64_t plotted_count_max = 1'000'000'000'000;

/// A count as it is drawn: 0 to plotted_count_max.
[[nodiscard]] std::int64_t plotted_count(std::int64_t count);

/// Hours that are drawn as one: [begin, end), not empty.
struct HourSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  friend bool operator==(const HourSpan&, const HourSpan&) = default;
};

/// The most that any of them has.
[[nodiscard]] std::int64_t most_in(std::span<const wire::ConcurrentUsageHour> hours, HourSpan span);

/// From 0 up in equal steps.
struct CountAxis {
  std::int64_t step = 1;  ///< 1, 2 or 5 times a power of ten
  std::int64_t steps = 1;

  [[nodiscard]] std::int64_t top() const { return step * steps; }
};

/// The axis with the smallest step that reaches the most that an hour has, and the peak, in at most count_steps_max
/// steps.
[[nodiscard]] CountAxis count_axis(std::span<const wire::ConcurrentUsageHour> hours, std::int64_t peak);

inline constexpr std::int64_t count_steps_max = 8;

struct TimeTick {
  std::size_t hour = 0;  ///< its place among the hours
  std::string label;     ///< `06:00`, `03-01` at a midnight, `2026-03` at the first of a month; in UTC
};

/// Ticks at even hours, midnights or firsts of months, as many as stand `apart_min` hours apart; where there is none,
/// one at the first hour. Several days apart are counted from the first midnight.
[[nodiscard]] std::vector<TimeTick> time_ticks(std::span<const wire::ConcurrentUsageHour> hours, std::size_t apart_min);

/// The longest label of a tick, in characters.
inline constexpr std::size_t time_label_width_max = 7;

}  // namespace tallystick::cli
