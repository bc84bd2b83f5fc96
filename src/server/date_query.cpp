#include "server/date_query.hpp"

#include <algorithm>
#include <string>

namespace tallystick::server {
namespace {

std::optional<core::Day> read_day(std::string_view text) {
  if (const auto day = core::parse_date(text)) return *day;
  const auto time = read_time(text);
  return time ? std::optional(core::day_of(*time)) : std::nullopt;
}

}  // namespace

// A `+` that a client left as it is in a query reads as a blank: `2026-03-01T00:00:00 01:00`.
std::optional<core::TimePoint> read_time(std::string_view text) {
  if (const auto time = core::parse_time(text)) return *time;
  if (text.find('T') == std::string_view::npos) return std::nullopt;
  std::string restored(text);
  std::ranges::replace(restored, ' ', '+');
  const auto time = core::parse_time(restored);
  return time ? std::optional(*time) : std::nullopt;
}

Result<DayRange, Refusal> read_day_range(const Query& query) {
  Refusal refusal = refuse(Situation::invalid_date);
  const auto read = [&](std::string_view name) -> std::optional<core::Day> {
    const auto text = query.get_filled(name);
    if (!text) return std::nullopt;
    const auto day = read_day(*text);
    if (!day) refusal.faults.push_back({std::string(name), "is not a date (yyyy-MM-dd) of the years 2 to 9999"});
    return day;
  };
  DayRange range;
  range.from = read("dateStart");
  range.through = read("dateEnd");
  if (!refusal.faults.empty()) return fail(std::move(refusal));
  if (range.from && range.through && *range.through < *range.from) {
    refusal = refuse(Situation::invalid_fields);
    refusal.faults.push_back({"dateEnd", "must not be before dateStart"});
    return fail(std::move(refusal));
  }
  return range;
}

}  // namespace tallystick::server
