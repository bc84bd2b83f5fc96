#include "server/contract_answer.hpp"

#include <algorithm>
#include <utility>

#include "server/billed_entities.hpp"
#include "tallystick/core/published_unit.hpp"
#include "tallystick/core/rating.hpp"

namespace tallystick::server {
namespace {

/// One version of an item, in force on the days [start, end).
struct ItemVersion {
  const core::ContractItem* item;
  core::Day start;
  core::Day end;
};

/// The versions of one product's item, the oldest first.
struct ItemHistory {
  std::string_view product;
  std::vector<ItemVersion> versions;
};

void add(std::vector<ItemHistory>& histories, const core::ContractItem& item, core::Day start, core::Day end) {
  auto found = std::ranges::find(histories, item.product, &ItemHistory::product);
  if (found == histories.end()) found = histories.insert(histories.end(), {item.product, {}});
  if (!found->versions.empty()) found->versions.back().end = start;
  found->versions.push_back({&item, start, end});
}

std::vector<ItemHistory> histories_of(const core::Contract& contract) {
  std::vector<ItemHistory> histories;
  for (const core::ContractItem& item : contract.items) add(histories, item, contract.effective, contract.end);
  for (const core::Amendment& amendment : contract.amendments) {
    for (const core::ContractItem& item : amendment.items) add(histories, item, amendment.date, contract.end);
  }
  return histories;
}

/// The last day of the last closed period with a day in [start, end).
std::optional<core::Day> charged_through(const app::ContractView& view, core::Day start, core::Day end) {
  std::optional<core::Day> last;
  for (const auto& [period, is_closed] : view.periods) {
    if (is_closed && period.start < end && start < period.end) last = last_day_before(period.end);
  }
  return last;
}

std::optional<core::Decimal> overage_price(const core::ContractItem& item,
                                           const std::optional<core::Decimal>& list_price) {
  if (item.overage_price) return item.overage_price;
  if (!item.overage_tiers.empty()) return item.overage_tiers.front().price;
  return list_price;
}

/// What the prepay price is below the list price; absent where it is not below.
std::optional<core::Decimal> discount(const core::ContractItem& item, const std::optional<core::Decimal>& list_price) {
  if (!item.prepay_price || !list_price || *item.prepay_price >= *list_price) return std::nullopt;
  const auto difference = list_price->minus(*item.prepay_price);
  return difference ? std::optional(*difference) : std::nullopt;
}

wire::BillingPlanItem item_answer(const app::ContractView& view, const core::Product& product,
                                  const ItemVersion& version, std::size_t number) {
  const core::ContractItem& item = *version.item;
  const auto listed = product.list_price.find(view.contract.currency);
  const auto list_price = listed == product.list_price.end() ? std::nullopt : std::optional(listed->second);
  wire::BillingPlanItem answer;
  answer.item_number = std::to_string(number);
  answer.name = product.name;
  answer.type = item.prepay_quantity.is_zero() ? "Usage" : "Recurring";
  answer.function = product.grouping;
  answer.description = filled(core::usage_notes_of(item));
  answer.date_charged_through = charged_through(view, version.start, version.end);
  answer.currency_iso_code = view.contract.currency;
  answer.discount_amount = discount(item, list_price);
  answer.date_effective_start = version.start;
  answer.date_effective_end = last_day_before(version.end);
  answer.overage_price = overage_price(item, list_price);
  answer.price = item.prepay_price;
  answer.quantity = whole_quantity(item.prepay_quantity);
  answer.unit_of_measure = core::published_unit(product.unit);
  return answer;
}

std::optional<wire::BillingPlan> plan_answer(const app::ContractView& view, const ItemHistory& history,
                                             const wire::NamedEntity& organization) {
  const core::Product* product = view.catalog->product(history.product);
  if (product == nullptr) return std::nullopt;  // a contract's products stay in the catalog
  wire::BillingPlan plan;
  plan.id = core::Uuid::from_name(view.contract.id, "plan/" + product->key).to_string();
  plan.name = product->name;
  plan.organizations = {organization};
  plan.product = product_entity(*product);
  plan.items.emplace();
  for (const ItemVersion& version : history.versions) {
    plan.items->push_back(item_answer(view, *product, version, plan.items->size() + 1));
  }
  return plan;
}

wire::BillingContractPeriod period_entry(const core::Contract& contract, const app::ContractView::Period& begun) {
  wire::BillingContractPeriod entry;
  entry.id = core::billing_period_id(contract, begun.period).to_string();
  entry.date_start = begun.period.start;
  entry.date_end = last_day_before(begun.period.end);
  entry.status = begun.is_closed ? wire::PeriodStatus::closed : wire::PeriodStatus::open;
  return entry;
}

}  // namespace

wire::BillingContract contract_answer(const app::ContractView& view) {
  const core::Contract& contract = view.contract;
  const wire::NamedEntity organization = organization_entity(contract.organization, view.organization_name);
  wire::BillingContract answer;
  answer.id = contract.id.to_string();
  answer.external_number = contract.number;
  answer.status = view.is_active ? wire::ContractStatus::active : wire::ContractStatus::inactive;
  answer.commercial_model = filled(contract.invoices.commercial_model);
  if (!contract.invoices.purchase_orders.empty()) answer.purchase_order_numbers = contract.invoices.purchase_orders;
  answer.bill_to_customer = customer_entity(contract.invoices.bill_to, organization);
  answer.sold_to_customer = customer_entity(contract.invoices.sold_to, organization);
  answer.end_customer = customer_entity(contract.invoices.end_customer, organization);
  answer.date_start = contract.effective;
  answer.date_end = last_day_before(contract.end);
  if (contract.ramp) {
    answer.date_ramp_start = contract.ramp->start;
    answer.date_ramp_end = last_day_before(contract.ramp->end);
  }
  answer.billing_periods.emplace();
  for (const auto& begun : view.periods) answer.billing_periods->push_back(period_entry(contract, begun));
  answer.plans.emplace();
  for (const ItemHistory& history : histories_of(contract)) {
    if (auto plan = plan_answer(view, history, organization)) answer.plans->push_back(std::move(*plan));
  }
  return answer;
}

}  // namespace tallystick::server
