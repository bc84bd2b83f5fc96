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

core::Problem internal(const core::Contract& contract, core::RatingFault fault) {
  const std::string_view what = fault == core::RatingFault::overflow
                                    ? "a quantity or an amount has more than 29 digits before the point"
                                    : "its currency is not in ISO 4217";
  return {core::ProblemKind::internal, "contract " + contract.id.to_string() + ": " + std::string(what), {}, 0};
}

}  // namespace

Result<BillingOverview, core::Problem> billing_overview(const store::Store& store, const CurrentCatalog& catalog,
                                                        const core::OrganizationId& organization, std::uint64_t index,
                                                        core::TimePoint now) {
  const auto usage = store.snapshot();  // before the catalog, as counted_usage needs it
  BillingOverview overview;
  overview.catalog = catalog.get();
  const auto found = core::billing_period_at(overview.catalog->contracts_of(organization), now, index);
  const core::Organization* owner = overview.catalog->organization(organization);
  if (!found || owner == nullptr) return fail(no_such_overview());

  overview.organization = organization;
  overview.organization_name = owner->name;
  overview.contract = found->contract;
  overview.period = found->period;
  overview.enabled_products = enabled_products(*overview.contract, overview.period, *overview.catalog);
  overview.last_amendment = last_amendment(*overview.contract, overview.period);

  const auto counted = counted_usage(*usage, *overview.catalog,
                                     {organization, overview.period.span(), now, UsageQuestion::Detail::totals});
  if (!counted) return fail(counted.error());
  std::vector<core::ProductQuantity> quantities;
  for (const CountedUsage& each : *counted) quantities.push_back({each.product, each.total});
  auto rated = core::rate(*overview.contract, overview.period, overview.catalog->declared().products, quantities);
  if (!rated) return fail(internal(*overview.contract, rated.error()));
  overview.rated = std::move(*rated);
  return overview;
}

core::Problem no_such_overview() {
  return {core::ProblemKind::not_found, "There is no billing overview of this organization and period.", {}, 0};
}

core::Uuid overview_id(const core::Contract& contract, const core::BillingPeriod& period) {
  return core::Uuid::from_name(contract.id, "billingoverview/" + core::to_string(period.span().start));
}

}  // namespace tallystick::app
