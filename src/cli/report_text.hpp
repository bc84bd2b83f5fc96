#pragma once
#include <string>

#include "cli/output.hpp"
#include "tallystick/wire/billing_usage_report.hpp"

namespace tallystick::cli {

/// A report as `output` wants it. JSON is the model as it was answered. CSV has product, total, resource, first_seen:
/// a record for each resource. A workbook has a sheet of the products and one of the resources. The table has one row a
/// product, and with `with_resources` its resources below it; on a terminal totals have thousands separators.
[[nodiscard]] Result<std::string, Failure> report_text(const wire::BillingUsageReport& report, const Output& output,
                                                       bool with_resources);

}  // namespace tallystick::cli
