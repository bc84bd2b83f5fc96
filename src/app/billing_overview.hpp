#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/catalog_snapshot.hpp"
#include "store/store.hpp"
#include "tallystick/core/billing_period.hpp"
#include "tallystick/core/contract.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/rating.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// What an organization owes for one billing period, by domain.md, "The small print", Overview.
struct BillingOverview {
  core::OrganizationId organization;
  std::string organization_name;
  const core::Contract* contract = nullptr;  ///< lives as long as `catalog`
  core::BillingPeriod period;
  std::vector<std::string> enabled_products;  ///< short names, or names, in the order of the contract
  std::optional<core::Day> last_amendment;    ///< dated inside or before the period
  core::RatedPeriod rated;                    ///< its products live as long as `catalog`
  std::shared_ptr<const CatalogSnapshot> catalog;
};

/// The overview of the period that `index` means at `now`. The usage of an open period counts until now.
/// Problems: not_found (no such organization, contract or period), storage_failed, internal (a sum overflows).
[[nodiscard]] Result<BillingOverview, core::Problem> billing_overview(const store::Store& store,
                                                                      const CurrentCatalog& catalog,
                                                                      const core::OrganizationId& organization,
                                                                      std::uint64_t index, core::TimePoint now);

/// The overview of one period. `catalog` was taken after `usage`; `found.contract` is one of its contracts. Problems:
/// storage_failed, overloaded, internal (a sum overflows).
[[nodiscard]] Result<BillingOverview, core::Problem> overview_of_period(
    const store::UsageSnapshot& usage, const std::shared_ptr<const CatalogSnapshot>& catalog,
    const core::IndexedPeriod& found, core::TimePoint now);

/// What a fault of rating means to a caller: internal, with the contract's id.
[[nodiscard]] core::Problem problem_of(const core::Contract& contract, core::RatingFault fault);

/// Nothing to see. The same for an organization that does not exist, one whose billing the caller may not see, and one
/// without the contract or the period, so that no answer tells them apart.
[[nodiscard]] core::Problem no_such_overview();

/// The overview's id: the UUIDv5 of `billingoverview/<start>` (as answers write moments) in the namespace of the
/// contract's id.
[[nodiscard]] core::Uuid overview_id(const core::Contract& contract, const core::BillingPeriod& period);

}  // namespace tallystick::app
