#pragma once
#include <optional>
#include <vector>

#include "app/catalog_snapshot.hpp"
#include "store/store.hpp"
#include "tallystick/core/metering.hpp"
#include "tallystick/core/period.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// A product for which at least one resource counts.
struct CountedUsage {
  const core::Product* product = nullptr;  ///< lives as long as the catalog
  core::Decimal total;
  std::vector<core::ListedResource> resources;   ///< by name in byte order; names live as long as the usage
  std::optional<core::Concurrency> concurrency;  ///< of a concurrent product
};

/// What of an organization's usage is to be counted.
struct UsageQuestion {
  enum class Detail { totals, resources };
  core::OrganizationId organization;
  core::Period period;
  core::TimePoint now;  ///< what lies ahead of it waits
  Detail detail = Detail::resources;
};

/// What an organization used in the part of a period that the clock has reached, by each product's metering; products
/// by name in byte order. Problems: storage_failed, overloaded, internal (a sum overflows).
///
/// A product with usage never leaves the catalog, so every product that was used is in a `catalog` that was taken
/// after `usage`.
[[nodiscard]] Result<std::vector<CountedUsage>, core::Problem> counted_usage(const store::UsageSnapshot& usage,
                                                                             const CatalogSnapshot& catalog,
                                                                             const UsageQuestion& question);

}  // namespace tallystick::app
