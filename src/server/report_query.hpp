#pragma once
#include <string>
#include <string_view>

#include "server/query.hpp"
#include "server/refusal.hpp"
#include "tallystick/core/period.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::server {

/// startDate and endDate of a report. Refused: one that is missing, empty or no date (invalid.date, each named in
/// `details`), a start not before its end or more than 366 days (constraint.validation).
[[nodiscard]] Result<core::Period, Refusal> read_report_period(const Query& query);

/// `startDate=…&endDate=…`, normalised to the one form in which answers carry moments. Nothing in it needs encoding.
[[nodiscard]] std::string report_period_query(core::Period period);

}  // namespace tallystick::server
