#include "server/report_query.hpp"

#include <algorithm>
#include <optional>

#include "app/billable_usage.hpp"

namespace tallystick::server {
namespace {

/// A `+` that a client left as it is in a query reads as a blank: `2026-03-01T00:00:00 01:00`.
std::optional<core::TimePoint> read_time(std::string_view text) {
  if (const auto time = core::parse_time(text)) return *time;
  if (text.find('T') == std::string_view::npos) return std::nullopt;
  std::string restored(text);
  std::ranges::replace(restored, ' ', '+');
  const auto time = core::parse_time(restored);
  return time ? std::optional(*time) : std::nullopt;
}

}  // namespace

Result<core::Period, Refusal> read_report_period(const Query& query) {
  Refusal refusal = refuse(Situation::invalid_date);
  const auto read = [&](std::string_view name) {
    const auto text = query.get_filled(name);
    const auto time = text ? read_time(*text) : std::nullopt;
    if (!text) refusal.faults.push_back({std::string(name), "is required"});
    if (text && !time) refusal.faults.push_back({std::string(name), "is not a date-time of the years 2 to 9999"});
    return time.value_or(core::TimePoint{});
  };
  core::Period period;
  period.start = read("startDate");
  period.end = read("endDate");
  if (!refusal.faults.empty()) return fail(std::move(refusal));
  if (auto checked = app::check_report_period(period); !checked) return fail(refusal_of(std::move(checked.error())));
  return period;
}

std::string report_period_query(core::Period period) {
  return "startDate=" + core::to_string(period.start) + "&endDate=" + core::to_string(period.end);
}

}  // namespace tallystick::server
