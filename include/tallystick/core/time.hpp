#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "tallystick/core/result.hpp"

#pragma GCC visibility push(default)
namespace tallystick::core {

using std::chrono::milliseconds;

/// A moment in UTC, to the millisecond. Finer fractions are floored when text is read (domain.md, "Usage events").
using TimePoint = std::chrono::sys_time<milliseconds>;
/// A calendar day in UTC.
using Day = std::chrono::sys_days;

enum class TimeFault {
  not_a_time,    ///< none of the published forms
  out_of_range,  ///< a month 13, a 30 February, a year before 2 or after 9999
};

/// Reads every form that published clients send (wire.md, "Requests"): `yyyy-MM-ddTHH:mm:ss` with or without a
/// fraction of any length, then `Z`, an offset (`+01:00`, `+0100`, `+01`) or nothing (UTC); and Go's
/// `2024-01-01 00:00:00 +0000 UTC`, with or without ` m=+0.1`. Second 60 is refused.
[[nodiscard]] Result<TimePoint, TimeFault> parse_time(std::string_view text);

/// Reads `yyyy-MM-dd`.
[[nodiscard]] Result<Day, TimeFault> parse_date(std::string_view text);

/// `yyyy-MM-ddTHH:mm:ss.SSSZ`, the one form in which answers carry a moment.
[[nodiscard]] std::string to_string(TimePoint time);
/// `yyyy-MM-dd`.
[[nodiscard]] std::string to_string(Day day);

/// Writes one moment after the other as to_string does; quick where many of one day follow each other.
class TimeText {
 public:
  /// Valid until the next call.
  [[nodiscard]] std::string_view operator()(TimePoint time);

 private:
  std::string text_;  // of the last moment
  TimePoint midnight_;
};

/// The day that contains `time`.
[[nodiscard]] constexpr Day day_of(TimePoint time) {
  return std::chrono::floor<std::chrono::days>(time);
}

}  // namespace tallystick::core
#pragma GCC visibility pop
