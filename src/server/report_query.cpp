#include "server/report_query.hpp"

#include <optional>

#include "app/billable_usage.hpp"
#include "server/date_query.hpp"

namespace tallystick::server {

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
