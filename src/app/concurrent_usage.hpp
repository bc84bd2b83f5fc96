#pragma once
#include <cstdint>
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

/// How an organization used its concurrent products in a period, by docs/domain.md, "The concurrent usage report".
struct ConcurrentUsageReport {
  struct Product {
    std::string name;
    std::string part_number;
    std::uint64_t peak = 0;
    core::Concurrency concurrency;
    std::vector<core::ListedResource> resources;  ///< by name; names are borrowed from `snapshot`
  };
  core::OrganizationId organization;
  core::Period period;            ///< as asked for, to the millisecond
  std::vector<Product> products;  ///< by name in byte order
  std::shared_ptr<const store::UsageSnapshot> snapshot;
};

/// The report at `now`: what lies ahead of the clock is not counted. Problems: storage_failed, overloaded, internal.
/// The period must have passed check_report_period (app/billable_usage.hpp).
[[nodiscard]] Result<ConcurrentUsageReport, core::Problem> concurrent_usage_report(
    const store::Store& store, const CurrentCatalog& catalog, const core::OrganizationId& organization,
    core::Period period, core::TimePoint now);

}  // namespace tallystick::app
