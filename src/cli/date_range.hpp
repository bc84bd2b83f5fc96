#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "tallystick/core/period.hpp"
#include "tallystick/core/result.hpp"
#include "tallystick/core/time.hpp"

namespace tallystick::cli {

/// The range that `--from` and `--to` name. Each is a moment in any published ISO-8601 form (core::parse_time), a day
/// `2026-03-01`, a month `2026-03` or a year `2026`, in UTC. The range ends before `to`; a day, month or year stands
/// for its first moment. Without `to`, `from` must be a day, month or year, and the range is the whole of it.
/// The failure is a sentence that names the option and what would be right.
[[nodiscard]] Result<core::Period, std::string> parse_date_range(std::string_view from,
                                                                 std::optional<std::string_view> to);

/// Days from the first to the last, both of them; absent: without a beginning or an end.
struct DayRange {
  std::optional<core::Day> first;
  std::optional<core::Day> last;
};

/// The days that `--from` and `--to` touch, where each may be missing: of things that have a date, not a time. The
/// forms and their meaning are those of parse_date_range.
[[nodiscard]] Result<DayRange, std::string> parse_day_range(std::optional<std::string_view> from,
                                                            std::optional<std::string_view> to);

/// One day of the option that is called so: `2026-03-31`.
[[nodiscard]] Result<core::Day, std::string> parse_day(std::string_view option, std::string_view text);

/// The last day of the day, month or year that is written: `2026-03` is 31 March.
[[nodiscard]] Result<core::Day, std::string> parse_last_day(std::string_view option, std::string_view text);

}  // namespace tallystick::cli
