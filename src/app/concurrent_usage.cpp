#include "app/concurrent_usage.hpp"

#include <utility>

#include "app/counted_usage.hpp"

namespace tallystick::app {

Result<ConcurrentUsageReport, core::Problem> concurrent_usage_report(const store::Store& store,
                                                                     const CurrentCatalog& catalog,
                                                                     const core::OrganizationId& organization,
                                                                     core::Period period, core::TimePoint now) {
  ConcurrentUsageReport report;
  report.organization = organization;
  report.period = period;
  report.snapshot = store.snapshot();
  const auto in_force = catalog.get();
  auto counted = counted_usage(*report.snapshot, *in_force, {organization, period, now});
  if (!counted) return fail(std::move(counted.error()));
  for (CountedUsage& each : *counted) {
    if (!each.concurrency) continue;
    ConcurrentUsageReport::Product& product = report.products.emplace_back();
    product.name = each.product->name;
    product.part_number = each.product->part_number;
    product.peak = static_cast<std::uint64_t>(each.total.units() / core::Decimal::one_units);
    product.concurrency = std::move(*each.concurrency);
    product.resources = std::move(each.resources);
  }
  return report;
}

}  // namespace tallystick::app
