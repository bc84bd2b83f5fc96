#include "server/overview_answer.hpp"

#include <gtest/gtest.h>

#include "app/sample_catalog.hpp"

namespace tallystick::test {
namespace {

using server::overview_answer;

core::Day day(std::string_view text) {
  return core::parse_date(text).value();
}

/// A contract of one product, and an overview of its period of March 2026 without lines.
struct Overview {
  Overview() {
    product = test::product("seats", "Seats", core::MeteringKind::unique);
    product.grouping = "user-license";
    product.unit = "user";
    contract.id = uuid("33333333-3333-4333-8333-333333333333");
    contract.organization = bank;
    contract.currency = "USD";
    contract.subscription_type = "PREPAY";
    contract.effective = day("2026-01-01");
    contract.end = day("2027-01-01");
    made.organization = bank;
    made.organization_name = "Blue Harbor Bank";
    made.contract = &contract;
    made.period = {day("2026-03-01"), day("2026-04-01"), day("2026-03-01"), day("2026-04-01")};
    made.enabled_products = {"SeatsShort", "API requests"};
  }
  core::Product product;
  core::Contract contract;
  app::BillingOverview made;
};

TEST(OverviewAnswer, WhatDoesNotApplyIsAbsent) {
  const Overview overview;
  EXPECT_EQ(wire::to_json(overview_answer(overview.made, "/asked?billingPeriodIndex=1")),
            R"({"id":")" + app::overview_id(overview.contract, overview.made.period).to_string() +
                R"(","organization":{"id":"22222222-2222-4222-8222-222222222222","name":"Blue Harbor Bank"},)"
                R"("currency":"USD","enabledProducts":["SeatsShort","API requests"],"subscriptionType":"PREPAY",)"
                R"("billingPeriodStartDate":"2026-03-01T00:00:00.000Z",)"
                R"("billingPeriodEndDate":"2026-03-31T23:59:59.999Z","usages":[],)"
                R"("contractEffectiveDate":"2026-01-01T00:00:00.000Z",)"
                R"("contractEndDate":"2026-12-31T23:59:59.999Z","inRampPeriod":false,)"
                R"("selfUri":"/asked?billingPeriodIndex=1"})");
}

TEST(OverviewAnswer, RampAmendmentAndMinimumAreTheContracts) {
  Overview overview;
  overview.contract.currency = "BHD";
  overview.contract.subscription_type = "MINTED_LATER";
  overview.contract.ramp = {day("2026-01-15"), day("2026-03-15")};
  overview.contract.minimum_monthly_amount = decimal("10000");
  overview.made.last_amendment = day("2026-03-16");
  overview.made.rated.is_ramp = true;
  const auto answer = overview_answer(overview.made, "/");
  EXPECT_EQ(core::to_string(*answer.ramp_period_start_date), "2026-01-15T00:00:00.000Z");
  EXPECT_EQ(core::to_string(*answer.ramp_period_end_date), "2026-03-14T23:59:59.999Z");
  EXPECT_EQ(core::to_string(*answer.contract_amendment_date), "2026-03-16T00:00:00.000Z");
  EXPECT_EQ(answer.minimum_monthly_amount, "10000.000") << "the minor digits of BHD";
  EXPECT_EQ(answer.in_ramp_period, true);
  EXPECT_EQ(answer.subscription_type.text(), "MINTED_LATER");
}

TEST(OverviewAnswer, PricesHaveAtLeastTheMinorDigitsOfTheirCurrency) {
  struct Row {
    std::string currency;
    std::string price;
    std::string expected;
  };
  const Row rows[] = {{"USD", "140", "140.00"}, {"USD", "0.0002", "0.0002"}, {"USD", "1.5", "1.50"},
                      {"JPY", "140", "140"},    {"JPY", "0.5", "0.5"},       {"CLF", "1", "1.0000"},
                      {"USD", "0", "0.00"}};
  for (const Row& row : rows) {
    Overview overview;
    overview.contract.currency = row.currency;
    core::RatedLine line;
    line.product = &overview.product;
    line.prepay_price = decimal(row.price);
    line.overage_price = decimal(row.price);
    overview.made.rated.lines = {line};
    const auto answer = overview_answer(overview.made, "/");
    EXPECT_EQ(answer.usages.at(0).prepay_price, row.expected) << row.currency;
    EXPECT_EQ(answer.usages.at(0).overage_price, row.expected) << row.currency;
  }
}

TEST(OverviewAnswer, LinesOfEachKind) {
  Overview overview;
  overview.product.third_party = true;
  overview.product.cancellable = false;
  core::RatedLine line;
  line.product = &overview.product;
  line.usage_quantity = decimal("108.5");
  line.prepay_quantity = decimal("100");
  line.prepay_price = decimal("138");
  line.overage_price = decimal("160.125");
  line.bundle_quantity = decimal("1");
  line.usage_notes = "calls out";
  core::RatedLine allowance;
  allowance.kind = core::RatedLine::Kind::fair_use;
  allowance.product = &overview.product;
  allowance.usage_quantity = decimal("250");
  allowance.bundle_quantity = decimal("250");
  core::RatedLine part;
  part.kind = core::RatedLine::Kind::rollup_part;
  part.product = &overview.product;
  part.usage_quantity = decimal("17");
  overview.made.rated.lines = {line, allowance, part};
  const auto answer = overview_answer(overview.made, "/");
  const auto json_of = [&](std::size_t i) { return wire::to_json(answer.usages.at(i)); };
  EXPECT_EQ(json_of(0),
            R"({"name":"Seats","partNumber":"P-seats","grouping":"user-license","unitOfMeasureType":"user",)"
            R"("usageQuantity":"108.5","overagePrice":"160.125","prepayQuantity":"100","prepayPrice":"138.00",)"
            R"("usageNotes":"calls out","isCancellable":false,"bundleQuantity":"1","isThirdParty":true})");
  EXPECT_EQ(json_of(1),
            R"({"name":"Seats fair use","partNumber":"P-seats","grouping":"fair-use","unitOfMeasureType":"user",)"
            R"("usageQuantity":"250","prepayQuantity":"0","isCancellable":false,"bundleQuantity":"250",)"
            R"("isThirdParty":true})");
  EXPECT_EQ(json_of(2),
            R"({"name":"Seats","partNumber":"P-seats","grouping":"user-license","unitOfMeasureType":"user",)"
            R"("usageQuantity":"17","prepayQuantity":"0","isCancellable":false,"isThirdParty":true})");
}

}  // namespace
}  // namespace tallystick::test
