#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/core/metering.hpp"
#include "tallystick/core/time.hpp"
#include "tallystick/wire/billing_usage_report.hpp"

namespace tallystick::wire {

/// A BillingUsage that is not copied: names and resources are borrowed.
struct BillingUsageView {
  std::string_view name;
  std::string total_usage;
  std::span<const core::ListedResource> resources;
};

/// A BillingUsageReport that is not copied.
struct BillingUsageReportView {
  std::string id;
  core::TimePoint start_date;
  core::TimePoint end_date;
  ReportStatus status = ReportStatus::in_progress;
  std::vector<BillingUsageView> usages;
  std::string self_uri;
};

/// The text of the BillingUsageReport with the same content. A report may have a million resources: they are written
/// as they are, in one pass into memory that was taken at once.
[[nodiscard]] std::string to_json(const BillingUsageReportView& report);

}  // namespace tallystick::wire
