#include "app/billing_overview.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "app/counted_usage.hpp"

namespace tallystick::app {
namespace {

// An amendment replaces items and adds some, none takes one away: what was named before the period's end is in force.
std::vector<std::string> enabled_products(const core::Contract& contract, const core::BillingPeriod& period,
                                          const CatalogSnapshot& catalog) {
  std::vector<std::string_view> keys;
  const auto name_items = [&keys](const std::vector<core::ContractItem>& items) {
    for (const core::ContractItem& item : items) {
      if (std::find(keys.begin(), keys.end(), item.product) == keys.end()) keys.push_back(item.product);
    }
  };
  name_items(contract.items);
  for (const core::Amendment& amendment : contract.amendments) {
    if (amendment.date < period.end) name_items(amendment.items);
  }

  std::vector<std::string> names;
  for (const std::string_view key : keys) {
    const core::Product* product = catalog.product(key);
    if (product != nullptr) names.push_back(product->short_name.value_or(product->name));
  }
  return names;
}

std::optional<core::Day> last_amendment(const core::Contract& contract, const core::BillingPeriod& period) {
  std::optional<core::Day> last;
  for (const core::Amendment& amendment : contract.amendments) {
    if (amendment.date < period.end) last = amendment.date;
  }
  return last;
}

}  // namespace

Result<BillingOverview, core::Problem> billing_overview(const store::Store& store, const CurrentCatalog& catalog,
                                                        const core::OrganizationId& organization, std::uint64_t index,
                                                        core::TimePoint now) {
  const auto usage = store.snapshot();  // before the catalog, as counted_usage needs it
  const auto in_force = catalog.get();
  const auto found = core::billing_period_at(in_force->contracts_of(organization), now, index);
  if (!found || in_force->organization(organization) == nullptr) return fail(no_such_overview());
  return overview_of_period(*usage, in_force, *found, now);
}

Result<BillingOverview, core::Problem> overview_of_period(const store::UsageSnapshot& usage,
                                                          const std::shared_ptr<const CatalogSnapshot>& catalog,
                                                          const core::IndexedPeriod& found, core::TimePoint now) {
  BillingOverview overview;
  overview.catalog = catalog;
  overview.contract = found.contract;
  overview.period = found.period;
  overview.organization = found.contract->organization;
  const core::Organization* owner = catalog->organization(overview.organization);
  if (owner != nullptr) overview.organization_name = owner->name;
  overview.enabled_products = enabled_products(*overview.contract, overview.period, *catalog);
  overview.last_amendment = last_amendment(*overview.contract, overview.period);

  const auto counted = counted_usage(
      usage, *catalog, {overview.organization, overview.period.span(), now, UsageQuestion::Detail::totals});
  if (!counted) return fail(counted.error());
  std::vector<core::ProductQuantity> quantities;
  for (const CountedUsage& each : *counted) quantities.push_back({each.product, each.total});
  auto rated = core::rate(*overview.contract, overview.period, catalog->declared().products, quantities);
  if (!rated) return fail(problem_of(*overview.contract, rated.error()));
  overview.rated = std::move(*rated);
  return overview;
}

core::Problem problem_of(const core::Contract& contract, core::RatingFault fault) {
  const std::string_view what = fault == core::RatingFault::overflow
                                    ? "a quantity or an amount has more than 29 digits before the point"
                                    : "its currency is not in ISO 4217";
  return {core::ProblemKind::internal, "contract " + contract.id.to_string() + ": " + std::string(what), {}, 0};
}

core::Problem no_such_overview() {
  return {core::ProblemKind::not_found, "There is no billing overview of this organization and period.", {}, 0};
}

core::Uuid overview_id(const core::Contract& contract, const core::BillingPeriod& period) {
  return core::Uuid::from_name(contract.id, "billingoverview/" + core::to_string(period.span().start));
}

}  // namespace tallystick::app
