#include "cli/plot_axis.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

namespace tallystick::cli {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::year_month_day;

enum class Unit { hour, day, month };

struct Spacing {
  Unit unit;
  unsigned number;
  std::size_t hours_min;  ///< between two ticks
};

constexpr std::array<Spacing, 14> spacings{{{Unit::hour, 1, 1},
                                            {Unit::hour, 2, 2},
                                            {Unit::hour, 3, 3},
                                            {Unit::hour, 6, 6},
                                            {Unit::hour, 12, 12},
                                            {Unit::day, 1, 24},
                                            {Unit::day, 2, 48},
                                            {Unit::day, 7, 168},
                                            {Unit::day, 14, 336},
                                            {Unit::month, 1, 672},
                                            {Unit::month, 2, 1'416},
                                            {Unit::month, 3, 2'160},
                                            {Unit::month, 6, 4'344},
                                            {Unit::month, 12, 8'760}}};

unsigned hour_of_day(core::TimePoint time) {
  return static_cast<unsigned>(floor<std::chrono::hours>(time - floor<days>(time)).count());
}

/// `06:00`, or the day where an hour is its first.
std::string clock_label(core::TimePoint time) {
  if (hour_of_day(time) == 0) return core::to_string(core::day_of(time)).substr(5);
  return core::to_string(time).substr(11, 5);
}

std::optional<std::string> label_at(core::TimePoint time, const Spacing& spacing, core::Day first_midnight) {
  const unsigned hour = hour_of_day(time);
  if (spacing.unit == Unit::hour) {
    if (hour % spacing.number != 0) return std::nullopt;
    return clock_label(time);
  }
  if (hour != 0) return std::nullopt;
  if (spacing.unit == Unit::day) {
    if ((core::day_of(time) - first_midnight).count() % static_cast<int>(spacing.number) != 0) return std::nullopt;
    return clock_label(time);
  }
  const year_month_day date{core::day_of(time)};
  if (date.day() != std::chrono::day{1}) return std::nullopt;
  if ((static_cast<unsigned>(date.month()) - 1) % spacing.number != 0) return std::nullopt;
  return core::to_string(core::day_of(time)).substr(0, time_label_width_max);
}

}  // namespace

std::int64_t plotted_count(std::int64_t count) {
  return std::clamp<std::int64_t>(count, 0, plotted_count_max);
}

std::int64_t most_in(std::span<const wire::ConcurrentUsageHour> hours, HourSpan span) {
  std::int64_t most = hours[span.begin].max;
  for (const auto& hour : hours.subspan(span.begin, span.end - span.begin)) most = std::max(most, hour.max);
  return most;
}

CountAxis count_axis(std::span<const wire::ConcurrentUsageHour> hours, std::int64_t peak) {
  std::int64_t most = plotted_count(peak);
  if (!hours.empty()) most = std::max(most, plotted_count(most_in(hours, {0, hours.size()})));
  CountAxis axis;
  for (std::int64_t power = 1;; power *= 10) {
    for (const std::int64_t digit : {1, 2, 5}) {
      axis.step = digit * power;
      axis.steps = std::max<std::int64_t>(1, (most + axis.step - 1) / axis.step);
      if (axis.steps <= count_steps_max) return axis;
    }
  }
}

std::vector<TimeTick> time_ticks(std::span<const wire::ConcurrentUsageHour> hours, std::size_t apart_min) {
  if (hours.empty()) return {};
  const auto* spacing = std::ranges::find_if(spacings, [&](const Spacing& s) { return s.hours_min >= apart_min; });
  if (spacing == spacings.end()) --spacing;
  const core::Day first_midnight = std::chrono::ceil<days>(hours.front().time);
  std::vector<TimeTick> ticks;
  for (std::size_t i = 0; i < hours.size(); ++i) {
    if (auto label = label_at(hours[i].time, *spacing, first_midnight)) ticks.push_back({i, *std::move(label)});
  }
  if (ticks.empty()) ticks.push_back({0, clock_label(hours.front().time)});
  return ticks;
}

}  // namespace tallystick::cli
