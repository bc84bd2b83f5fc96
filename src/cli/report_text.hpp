#pragma once
#include <string>

#include "cli/output.hpp"
#include "tallystick/wire/billing_usage_report.hpp"

namespace tallystick::cli {

/// A report as `output` wants it. JSON is the model as it was answered. CSV has product, total, resource, first_seen:
/// a record for each resource, so that one can be reconciled against the other side's list. The table has one row a
/// product, and with `with_resources` its resources below it; on a terminal totals have thousands separators.
[[nodiscard]] std::string report_text(const wire::BillingUsageReport& report, const Output& output,
                                      bool with_resources);

}  // namespace tallystick::cli
