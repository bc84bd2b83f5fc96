#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "rated_samples.hpp"
#include "tallystick/core/currency.hpp"
#include "tallystick/core/invoice_lines.hpp"

/// What holds for every contract: an invoice's lines add up to the charges, and all invoices to one bill of everything.
namespace tallystick::core {
namespace {

using test::day;
using test::product;

struct Case {
  Contract contract;
  BillingPeriod period;
  std::vector<Product> catalog;
};

// Up to a thousand with any number of digits after the point, so that charges seldom end at a minor unit.
Decimal some_amount() {
  const auto coarse = *rc::gen::element<std::int64_t>(1, 1'000, 1'000'000, 500'000'000, 1'000'000'000);
  return Decimal::from_units(int128{*rc::gen::inRange<std::int64_t>(0, 1'000)} * coarse);
}

ContractItem some_item(std::string key) {
  ContractItem item;
  item.product = std::move(key);
  item.prepay_quantity = some_amount();
  if (*rc::gen::arbitrary<bool>()) item.prepay_price = some_amount();
  if (*rc::gen::arbitrary<bool>()) item.overage_price = some_amount();
  if (*rc::gen::inRange(0, 4) == 0) {
    item.overage_tiers = {{Decimal::from_integer(*rc::gen::inRange(1, 50)), some_amount()},
                          {Decimal::from_integer(*rc::gen::inRange(50, 300)), some_amount()},
                          {std::nullopt, some_amount()}};
  }
  if (*rc::gen::arbitrary<bool>()) item.bundle_quantity = Decimal::from_integer(*rc::gen::inRange(1, 5));
  return item;
}

Case some_case() {
  Case made;
  Contract& contract = made.contract;
  contract.id.bytes[15] = 7;
  contract.currency = *rc::gen::element<std::string>("JPY", "USD", "BHD");
  contract.effective = day("2026-01-01") + std::chrono::days{*rc::gen::inRange(0, 60)};
  contract.end = contract.effective + std::chrono::days{*rc::gen::inRange(1, 90)};
  contract.billing_day = *rc::gen::inRange(1U, 32U);
  for (const char* key : {"licences", "messages", "tokens", "app"}) {
    if (*rc::gen::inRange(0, 4) != 0) contract.items.push_back(some_item(key));
    if (*rc::gen::inRange(0, 3) == 0) {
      const int length = static_cast<int>((contract.end - contract.effective).count());
      const Day date = contract.effective + std::chrono::days{*rc::gen::inRange(0, length)};
      contract.amendments.push_back({date, {some_item(key)}});
    }
  }
  std::sort(contract.amendments.begin(), contract.amendments.end(),
            [](const Amendment& a, const Amendment& b) { return a.date < b.date; });
  if (*rc::gen::arbitrary<bool>()) contract.minimum_monthly_amount = some_amount();
  if (*rc::gen::inRange(0, 4) == 0) contract.ramp = {contract.effective, contract.effective + std::chrono::days{20}};
  made.period = *rc::gen::elementOf(billing_periods_until(contract, contract.end));

  made.catalog = {product("licences", "user-license"), product("messages", "messaging"), product("tokens", "rollup"),
                  product("minutes", "rollup-usage"), product("app", "resource")};
  for (Product& each : made.catalog) each.list_price = {{contract.currency, some_amount()}};
  made.catalog[1].fair_use = {{"licences", some_amount(), std::nullopt}};
  made.catalog[3].rolls_up = {"tokens", Decimal::from_integer(17)};
  made.catalog[4].third_party = true;
  return made;
}

RatedPeriod rate_with_some_usage(const Case& made) {
  std::vector<ProductQuantity> usage;
  for (const Product& each : made.catalog) {
    if (*rc::gen::inRange(0, 4) != 0) usage.push_back({&each, some_amount()});
  }
  return rate(made.contract, made.period, made.catalog, usage).value();
}

using Sums = std::map<std::string, Decimal>;

void add(Sums& sums, const std::string& product, Decimal amount) {
  sums[product] = sums[product].plus(amount).value();
}

// Without what comes to nothing.
Sums charges_of(const RatedPeriod& rated) {
  Sums charges;
  for (const RatedLine& line : rated.lines) add(charges, line.product->key, line.charge);
  add(charges, "", rated.minimum_difference);
  std::erase_if(charges, [](const auto& sum) { return sum.second.is_zero(); });
  return charges;
}

Sums sums_of(const std::vector<BilledAmount>& billed) {
  Sums sums;
  for (const BilledAmount& amount : billed) add(sums, amount.thing.product, amount.amount);
  std::erase_if(sums, [](const auto& sum) { return sum.second.is_zero(); });
  return sums;
}

void append(std::vector<BilledAmount>& all, const std::vector<InvoiceLine>& lines) {
  const auto billed = billed_by(lines).value();
  all.insert(all.end(), billed.begin(), billed.end());
}

// 0.01 for two digits, in billionths.
int128 minor_unit(int digits) {
  int128 unit = Decimal::one_units;
  for (int digit = 0; digit < digits; ++digit) unit /= 10;
  return unit;
}

RC_GTEST_PROP(BilledSums, LinesOfAPeriodAddUpToItsCharges, ()) {
  const Case made = some_case();
  const RatedPeriod rated = rate_with_some_usage(made);
  const auto lines = period_lines(made.contract, made.period, rated);
  Sums sums;
  Decimal total;
  for (const InvoiceLine& line : lines) {
    const int digits = minor_digits(made.contract.currency).value();
    RC_ASSERT(line.amount > Decimal());
    RC_ASSERT(line.amount.rounded(digits, Rounding::down).value() == line.amount);
    RC_ASSERT(!line.description.empty());
    if (line.unit_price) {
      // The amount is their product, rounded: at most half of the smallest unit away from it.
      const Decimal product = line.quantity.times(*line.unit_price, Rounding::half_up).value();
      const int128 away = line.amount.units() - product.units();
      RC_ASSERT(std::max(away, -away) * 2 <= minor_unit(digits));
    }
    add(sums, line.thing.product, line.amount);
    total = total.plus(line.amount).value();
  }
  RC_ASSERT(sums == charges_of(rated));
  RC_ASSERT(amount_of(lines).value() == total);
  // Nothing is left to adjust.
  RC_ASSERT(
      adjustment_lines(made.contract, made.period, rated, made.catalog, billed_by(lines).value()).value().empty());
}

RC_GTEST_PROP(BilledSums, AllInvoicesAreOneBillOfEverything, ()) {
  const Case made = some_case();
  RatedPeriod rated = rate_with_some_usage(made);
  std::vector<BilledAmount> billed;
  append(billed, period_lines(made.contract, made.period, rated));
  const int adjustments = *rc::gen::inRange(1, 6);
  for (int i = 0; i < adjustments; ++i) {
    rated = rate_with_some_usage(made);
    const auto lines = adjustment_lines(made.contract, made.period, rated, made.catalog, billed).value();
    for (const InvoiceLine& line : lines) RC_ASSERT(!line.amount.is_zero());
    append(billed, lines);
    RC_ASSERT(sums_of(billed) == charges_of(rated));
  }
}

RC_GTEST_PROP(BilledSums, EachPeriodAgreesWithItself, ()) {
  const Case made = some_case();
  RC_ASSERT(agrees_on_period(made.contract, made.contract, made.period));
  Contract dearer = made.contract;
  dearer.minimum_monthly_amount =
      dearer.minimum_monthly_amount.value_or(Decimal()).plus(Decimal::from_units(1)).value();
  RC_ASSERT(!agrees_on_period(made.contract, dearer, made.period));
}

}  // namespace
}  // namespace tallystick::core
