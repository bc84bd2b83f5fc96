#pragma once
#include <optional>
#include <string_view>

#include "server/query.hpp"
#include "server/refusal.hpp"
#include "tallystick/core/result.hpp"
#include "tallystick/core/time.hpp"

namespace tallystick::server {

/// A date-time of a query in every form that clients send. Absent: it is none.
[[nodiscard]] std::optional<core::TimePoint> read_time(std::string_view text);

/// The days [from, through], both inside, each of which may be missing.
struct DayRange {
  std::optional<core::Day> from;
  std::optional<core::Day> through;
};
/// dateStart and dateEnd of a listing, as yyyy-MM-dd or as a date-time, which means its day in UTC; empty is missing.
/// Refused: no date (invalid.date, each named in `details`), an end before the start (constraint.validation).
[[nodiscard]] Result<DayRange, Refusal> read_day_range(const Query& query);

}  // namespace tallystick::server
