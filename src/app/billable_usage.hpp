#pragma once
#include <memory>
#include <string>
#include <vector>

#include "app/catalog_snapshot.hpp"
#include "store/store.hpp"
#include "tallystick/core/metering.hpp"
#include "tallystick/core/period.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// What an organization used in a period, by domain.md, "The small print", Report.
struct BillableUsageReport {
  struct Product {
    std::string name;
    core::Decimal total;
    std::vector<core::ListedResource> resources;  ///< by name; names are borrowed from `snapshot`
  };
  core::OrganizationId organization;
  core::Period period;            ///< as asked for, to the millisecond
  std::vector<Product> products;  ///< by name in byte order
  std::shared_ptr<const store::UsageSnapshot> snapshot;
};

inline constexpr std::chrono::days report_period_max{366};

/// Checks [start, end): start before end, at most 366 days. Faults name the query parameters startDate and endDate.
[[nodiscard]] Status<core::Problem> check_report_period(core::Period period);

/// The report at `now`: what lies ahead of the clock is not counted. Problems: storage_failed, overloaded, internal
/// (a sum overflows). A product with usage never leaves the catalog, and the usage is taken before the catalog is,
/// so every product that was used has a name.
[[nodiscard]] Result<BillableUsageReport, core::Problem> billable_usage_report(const store::Store& store,
                                                                               const CurrentCatalog& catalog,
                                                                               const core::OrganizationId& organization,
                                                                               core::Period period,
                                                                               core::TimePoint now);

/// The report's id: the UUIDv5 of `billableusage/<start>/<end>` (both as answers write moments) in the namespace of the
/// organization's id.
[[nodiscard]] core::Uuid report_id(const core::OrganizationId& organization, core::Period period);

}  // namespace tallystick::app
