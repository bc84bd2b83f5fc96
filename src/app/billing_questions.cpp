#include "app/billing_questions.hpp"

#include <algorithm>
#include <utility>

#include "app/draft_bills.hpp"
#include "app/open_periods.hpp"
#include "app/store_problem.hpp"

namespace tallystick::app {
namespace {

core::Problem no_such_contract() {
  return {core::ProblemKind::not_found, "There is no such contract.", {}, 0};
}
core::Problem no_such_period() {
  return {core::ProblemKind::not_found, "There is no such billing period.", {}, 0};
}

const core::Contract* contract_of(const CatalogSnapshot& catalog, const core::OrganizationId& organization,
                                  const core::Uuid& id) {
  const auto contracts = catalog.contracts_of(organization);
  const auto found = std::ranges::find(contracts, id, &core::Contract::id);
  return found == contracts.end() ? nullptr : &*found;
}

ContractView view_of(const core::Contract& contract, std::span<const store::ClosedPeriod> closed, core::Day today,
                     const std::shared_ptr<const CatalogSnapshot>& catalog) {
  ContractView view;
  view.contract = contract;
  const core::Organization* owner = catalog->organization(contract.organization);
  if (owner != nullptr) view.organization_name = owner->name;
  const ClosedStarts closed_starts(closed);
  for (const core::BillingPeriod& period : core::billing_periods_until(contract, today)) {
    const bool is_closed = closed_starts.has(contract, period);
    view.periods.push_back({period, is_closed});
    if (is_closed) view.charged_through = period.end;
  }
  view.is_active = contract.effective <= today && today < contract.end;
  view.catalog = catalog;
  return view;
}

bool is_wanted(const ContractFilter& filter, const core::Contract& contract, core::Day today) {
  const bool is_active = contract.effective <= today && today < contract.end;
  return (!filter.from || contract.end > *filter.from) && (!filter.through || contract.effective <= *filter.through) &&
         (!filter.is_active || *filter.is_active == is_active) && (!filter.number || *filter.number == contract.number);
}

std::string key_of(const core::Contract& contract) {
  return core::to_string(contract.effective) + "/" + contract.id.to_string();
}

}  // namespace

BillingQuestions::BillingQuestions(const store::Store& store, const CurrentCatalog& catalog, Clock clock,
                                   UsageQuestions& threads)
    : store_(store), catalog_(catalog), clock_(std::move(clock)), threads_(threads) {}

// Questions may be answered after this object is gone, so they take what they need with them.

void BillingQuestions::ask_overview(const core::OrganizationId& organization, std::uint64_t index,
                                    OnAnswer<OverviewAnswer> on_answer) const {
  threads_.ask<OverviewAnswer>(
      [&store = store_, &current = catalog_, clock = clock_, organization,
       index]() -> Result<OverviewAnswer, core::Problem> {
        const core::TimePoint now = clock();
        const auto usage = store.snapshot();  // before the catalog, as counted_usage needs it
        const auto catalog = current.get();
        const auto found = core::billing_period_at(catalog->contracts_of(organization), now, index);
        if (!found || catalog->organization(organization) == nullptr) return fail(no_such_overview());
        auto texts = store.closed_period_texts(found->contract->id, found->period.start);
        if (!texts) return fail(problem_of(texts.error()));
        if (*texts) return ClosedOverview{std::move((*texts)->overview)};
        auto overview = overview_of_period(*usage, catalog, *found, now);
        if (!overview) return fail(std::move(overview.error()));
        return std::move(*overview);
      },
      std::move(on_answer));
}

void BillingQuestions::ask_contracts(const core::OrganizationId& organization, ContractFilter filter, Cursor cursor,
                                     OnAnswer<Page<ContractView>> on_answer) const {
  threads_.ask<Page<ContractView>>(
      [&store = store_, &current = catalog_, clock = clock_, organization, filter = std::move(filter),
       cursor = std::move(cursor)]() -> Result<Page<ContractView>, core::Problem> {
        const core::Day today = core::day_of(clock());
        const auto catalog = current.get();
        const auto closed = store.closed_periods(organization);
        if (!closed) return fail(problem_of(closed.error()));
        const auto contracts = catalog->contracts_of(organization);
        std::vector<const core::Contract*> wanted;
        std::vector<std::string> keys;
        for (std::size_t left = contracts.size(); left > 0; --left) {
          const core::Contract& contract = contracts[left - 1];
          if (!is_wanted(filter, contract, today)) continue;
          wanted.push_back(&contract);
          keys.push_back(key_of(contract));
        }
        const CursorPage part = page_of(keys, cursor);
        Page<ContractView> page;
        page.has_previous = part.has_previous;
        page.has_next = part.has_next;
        for (std::size_t i = part.begin; i < part.end; ++i) {
          page.entities.push_back(view_of(*wanted[i], *closed, today, catalog));
          page.keys.push_back(std::move(keys[i]));
        }
        return page;
      },
      std::move(on_answer));
}

void BillingQuestions::ask_contract(const core::OrganizationId& organization, const core::Uuid& contract,
                                    OnAnswer<ContractView> on_answer) const {
  threads_.ask<ContractView>(
      [&store = store_, &current = catalog_, clock = clock_, organization,
       contract]() -> Result<ContractView, core::Problem> {
        const auto catalog = current.get();
        const core::Contract* found = contract_of(*catalog, organization, contract);
        if (found == nullptr) return fail(no_such_contract());
        const auto closed = store.closed_periods(organization);
        if (!closed) return fail(problem_of(closed.error()));
        return view_of(*found, *closed, core::day_of(clock()), catalog);
      },
      std::move(on_answer));
}

void BillingQuestions::ask_period(const core::OrganizationId& organization, const core::Uuid& contract,
                                  const core::Uuid& period, OnAnswer<PeriodAnswer> on_answer) const {
  threads_.ask<PeriodAnswer>(
      [&store = store_, &current = catalog_, clock = clock_, organization, contract,
       period]() -> Result<PeriodAnswer, core::Problem> {
        const core::TimePoint now = clock();
        const auto usage = store.snapshot();
        const auto catalog = current.get();
        const core::Contract* owner = contract_of(*catalog, organization, contract);
        if (owner == nullptr) return fail(no_such_contract());
        const auto periods = core::billing_periods_until(*owner, core::day_of(now));
        const auto found = std::ranges::find_if(
            periods, [&](const core::BillingPeriod& each) { return core::billing_period_id(*owner, each) == period; });
        if (found == periods.end()) return fail(no_such_period());
        auto texts = store.closed_period_texts(contract, found->start);
        if (!texts) return fail(problem_of(texts.error()));
        if (*texts) return std::move((*texts)->detail);
        auto bill = DraftBills(store, *usage, catalog, now).bill({owner, *found});
        if (!bill) return fail(std::move(bill.error()));
        return std::move(*bill);
      },
      std::move(on_answer));
}

}  // namespace tallystick::app
