#pragma once
#include <memory>
#include <vector>

#include "app/period_bill.hpp"
#include "store/store.hpp"
#include "tallystick/core/billing_period.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// What the open periods of one organization come to until `now`, with the adjustments of closed ones in the earliest
/// of all open periods where these have its currency.
class DraftBills {
 public:
  /// What is passed must live longer, `usage` taken before `catalog`.
  DraftBills(const store::Store& store, const store::UsageSnapshot& usage,
             std::shared_ptr<const CatalogSnapshot> catalog, core::TimePoint now)
      : store_(store), usage_(usage), catalog_(std::move(catalog)), now_(now) {}

  /// The periods that have begun and are not closed, by their start. Problems: storage_failed, overloaded.
  [[nodiscard]] Result<std::vector<core::IndexedPeriod>, core::Problem> begun(
      const core::OrganizationId& organization) const;
  /// One of them. Problems: storage_failed, overloaded, internal (a sum overflows).
  [[nodiscard]] Result<PeriodBill, core::Problem> bill(const core::IndexedPeriod& found) const;

 private:
  const store::Store& store_;
  const store::UsageSnapshot& usage_;
  std::shared_ptr<const CatalogSnapshot> catalog_;
  core::TimePoint now_;
};

}  // namespace tallystick::app
