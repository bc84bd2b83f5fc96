#include "app/billable_usage.hpp"

#include <algorithm>
#include <utility>

#include "app/store_problem.hpp"

namespace tallystick::app {
namespace {

core::Problem invalid_period(std::string parameter, std::string message) {
  return {core::ProblemKind::invalid, "The period is not valid.", {{std::move(parameter), std::move(message)}}, 0};
}

core::Problem internal(const std::string& product, std::string_view what) {
  return {core::ProblemKind::internal, "product " + product + ": " + std::string(what), {}, 0};
}

Result<core::MeteredUsage, core::Problem> metered(const core::Product& product,
                                                  const std::vector<core::ResourceUsage>& resources) {
  if (!core::is_metered_by_aggregate(product.metering.kind)) {
    return fail(
        internal(product.key, "this version cannot count by " + std::string(core::to_string(product.metering.kind))));
  }
  auto usage = core::meter(product.metering.kind, resources);
  if (!usage) return fail(internal(product.key, core::to_string(usage.error())));
  return std::move(*usage);
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
  // What lies ahead of the clock waits; the clock's own millisecond has been reached (docs/domain.md).
  const core::Period until_now{period.start, std::min(period.end, now + core::milliseconds{1})};
  if (until_now.is_empty()) return report;

  report.snapshot = store.snapshot();
  auto used = report.snapshot->usage(organization, until_now);
  if (!used) return fail(problem_of(used.error()));
  const auto in_force = catalog.get();
  for (const store::ProductUsage& usage : *used) {
    const core::Product* product = in_force->product(usage.product);
    if (product == nullptr) return fail(internal(std::string(usage.product), "has usage and is not in the catalog"));
    auto counted = metered(*product, usage.resources);
    if (!counted) return fail(std::move(counted.error()));
    if (!counted->resources.empty()) report.products.push_back({product->name, std::move(*counted)});
  }
  std::sort(report.products.begin(), report.products.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return report;
}

core::Uuid report_id(const core::OrganizationId& organization, core::Period period) {
  return core::Uuid::from_name(organization,
                               "billableusage/" + core::to_string(period.start) + "/" + core::to_string(period.end));
}

}  // namespace tallystick::app
