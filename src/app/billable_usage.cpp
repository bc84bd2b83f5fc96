#include "app/billable_usage.hpp"

#include <utility>

#include "app/counted_usage.hpp"

namespace tallystick::app {
namespace {

core::Problem invalid_period(std::string parameter, std::string message) {
  return {core::ProblemKind::invalid, "The period is not valid.", {{std::move(parameter), std::move(message)}}, 0};
}

}  // namespace

Status<core::Problem> check_report_period(core::Period period) {
  if (period.is_empty()) return fail(invalid_period("startDate", "must be before endDate"));
  if (period.length() > report_period_max) {
    return fail(invalid_period(
        "endDate", "must be at most " + std::to_string(report_period_max.count()) + " days after startDate"));
  }
  return {};
}

Result<BillableUsageReport, core::Problem> billable_usage_report(const store::Store& store,
                                                                 const CurrentCatalog& catalog,
                                                                 const core::OrganizationId& organization,
                                                                 core::Period period, core::TimePoint now) {
  BillableUsageReport report;
  report.organization = organization;
  report.period = period;
  report.snapshot = store.snapshot();
  const auto in_force = catalog.get();
  auto counted = counted_usage(*report.snapshot, *in_force, {organization, period, now});
  if (!counted) return fail(std::move(counted.error()));
  for (CountedUsage& each : *counted)
    report.products.push_back({each.product->name, each.total, std::move(each.resources)});
  return report;
}

core::Uuid report_id(const core::OrganizationId& organization, core::Period period) {
  return core::Uuid::from_name(organization,
                               "billableusage/" + core::to_string(period.start) + "/" + core::to_string(period.end));
}

}  // namespace tallystick::app
