#include "app/draft_bills.hpp"

#include <algorithm>
#include <utility>

#include "app/adjustments.hpp"
#include "app/open_periods.hpp"
#include "app/store_problem.hpp"

namespace tallystick::app {

Result<std::vector<core::IndexedPeriod>, core::Problem> DraftBills::begun(
    const core::OrganizationId& organization) const {
  const auto closed = store_.closed_periods(organization);
  if (!closed) return fail(problem_of(closed.error()));
  return open_periods(catalog_->contracts_of(organization), ClosedStarts(*closed), core::day_of(now_));
}

Result<PeriodBill, core::Problem> DraftBills::bill(const core::IndexedPeriod& found) const {
  const core::OrganizationId& organization = found.contract->organization;
  const auto closed = store_.closed_periods(organization);
  if (!closed) return fail(problem_of(closed.error()));
  const auto earliest = earliest_open_period(catalog_->contracts_of(organization), ClosedStarts(*closed));
  const bool is_earliest = earliest && earliest->contract->id == found.contract->id && earliest->period == found.period;
  if (!is_earliest) return period_bill(usage_, catalog_, *found.contract, found.period, now_);

  const auto adjustments = adjustments_of(store_, usage_, *catalog_, organization);
  if (!adjustments) return fail(adjustments.error());
  const Adjustments* own = find_adjustments(*adjustments, found.contract->currency);
  if (own == nullptr) return period_bill(usage_, catalog_, *found.contract, found.period, now_);
  const auto shown = with_bygone_products(catalog_, std::span(own, 1));
  const auto contracts = shown->contracts_of(organization);
  const auto contract = std::ranges::find(contracts, found.contract->id, &core::Contract::id);
  auto bill = period_bill(usage_, shown, *contract, found.period, now_);
  if (!bill) return bill;
  if (auto added = add_lines(*bill, own->lines); !added) return fail(std::move(added.error()));
  return bill;
}

}  // namespace tallystick::app
