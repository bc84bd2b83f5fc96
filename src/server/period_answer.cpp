#include "server/period_answer.hpp"

#include <utility>

#include "server/billed_entities.hpp"
#include "tallystick/core/published_unit.hpp"

namespace tallystick::server {
namespace {

/// What all charges and wallets of one period share.
struct PeriodContext {
  core::Uuid period_id;
  wire::NamedEntity organization;
  const std::string& currency;
  const app::CatalogSnapshot& catalog;

  [[nodiscard]] std::string id_of(const std::string& name) const {
    return core::Uuid::from_name(period_id, name).to_string();
  }
};

wire::BillingCharge charge_of(const PeriodContext& context, const core::RatedLine& line) {
  const core::Product& product = *line.product;
  wire::BillingCharge charge;
  charge.id = context.id_of("charge/" + product.key);
  charge.name = product.name;
  charge.product = product_entity(product);
  charge.organizations = {context.organization};
  charge.actual_quantity = line.usage_quantity;
  if (line.kind == core::RatedLine::Kind::rollup_part) {
    charge.converted_token_count = line.converted_tokens;
    if (product.rolls_up) charge.token_conversion_rate = product.rolls_up->units_per_token;
    return charge;
  }
  charge.prepaid_quantity = line.prepaid_units;
  charge.fairuse_quantity = line.allowance;
  charge.overage_quantity = line.overage_quantity;
  charge.overage_rate = line.overage_price;
  charge.overage_charge = line.overage_charge;
  charge.overage_currency = context.currency;
  return charge;
}

std::string name_of(const core::InvoiceLine& line, const core::Product* product) {
  std::string name = product == nullptr ? "Difference to the minimum monthly amount" : product->name;
  if (line.kind == core::InvoiceLine::Kind::adjustment) {
    name += ", adjustment for " + core::to_string(line.start) + " to " + core::to_string(last_day_before(line.end));
  }
  return name;
}

std::string id_name_of(const core::InvoiceLine& line) {
  if (line.kind == core::InvoiceLine::Kind::minimum) return "minimum";
  return "adjustment/" + line.thing.contract.to_string() + "/" + core::to_string(line.thing.period_start) + "/" +
         line.thing.product;
}

/// The minimum's difference, and adjustments: money without quantities.
wire::BillingCharge charge_of(const PeriodContext& context, const core::InvoiceLine& line) {
  const core::Product* product = context.catalog.product(line.thing.product);
  wire::BillingCharge charge;
  charge.id = context.id_of(id_name_of(line));
  charge.name = name_of(line, product);
  if (product != nullptr) charge.product = product_entity(*product);
  charge.organizations = {context.organization};
  charge.overage_charge = line.amount;
  charge.overage_currency = context.currency;
  return charge;
}

wire::BillingWallet wallet_of(const PeriodContext& context, const core::Wallet& wallet) {
  const core::Product& product = *wallet.product;
  wire::BillingWallet answer;
  answer.id = context.id_of("wallet/" + product.key);
  answer.name = product.name;
  answer.organizations = {context.organization};
  answer.product = product_entity(product);
  answer.starting_balance = wallet.starting_balance;
  answer.ending_balance = wallet.ending_balance;
  answer.balance_increase = wallet.balance_increase;
  answer.balance_decrease = wallet.balance_decrease;
  answer.balance_consumption = wallet.consumption;
  answer.balance_overage = wallet.overage;
  answer.balance_overage_rate = wallet.overage_rate;
  answer.balance_overage_charge = wallet.overage_charge;
  answer.balance_overage_currency = context.currency;
  answer.unit_of_measure = core::published_unit(product.unit);
  return answer;
}

}  // namespace

wire::BillingContractPeriodDetail period_answer(const app::PeriodBill& bill) {
  const app::BillingOverview& overview = bill.overview;
  const core::Contract& contract = *overview.contract;
  const PeriodContext context{core::billing_period_id(contract, overview.period),
                              organization_entity(overview.organization, overview.organization_name), contract.currency,
                              *overview.catalog};
  wire::BillingContractPeriodDetail answer;
  answer.id = context.period_id.to_string();
  answer.date_start = overview.period.start;
  answer.date_end = last_day_before(overview.period.end);
  answer.status = bill.is_closed ? wire::PeriodStatus::closed : wire::PeriodStatus::open;
  answer.charges.emplace();
  for (const core::RatedLine& line : overview.rated.lines) {
    if (line.kind != core::RatedLine::Kind::fair_use) answer.charges->push_back(charge_of(context, line));
  }
  for (const core::InvoiceLine& line : bill.lines) {
    if (line.kind == core::InvoiceLine::Kind::minimum || line.kind == core::InvoiceLine::Kind::adjustment) {
      answer.charges->push_back(charge_of(context, line));
    }
  }
  answer.wallets.emplace();
  for (const core::Wallet& wallet : bill.wallets) answer.wallets->push_back(wallet_of(context, wallet));
  return answer;
}

}  // namespace tallystick::server
