#include "tallystick/core/invoice_lines.hpp"

#include <gtest/gtest.h>

#include "rated_samples.hpp"

namespace tallystick::core {
namespace {

using test::day;
using test::decimal;
using test::item;
using test::product;
using Kind = InvoiceLine::Kind;

struct ExpectedLine {
  Kind kind;
  const char* product;
  const char* quantity;
  std::optional<const char*> unit_price;
  const char* amount;
  const char* description;
};

class InvoiceLinesTest : public test::RatedContractTest {
 protected:
  InvoiceLinesTest() { contract_.id.bytes[15] = 7; }

  std::vector<InvoiceLine> lines_of(std::string_view some_day) {
    return period_lines(contract_, period_of(some_day), rate_period_of(some_day));
  }

  void expect_lines(std::string_view some_day, const std::vector<ExpectedLine>& expected) {
    const auto lines = lines_of(some_day);
    const auto period = period_of(some_day);
    ASSERT_EQ(lines.size(), expected.size()) << some_day;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const InvoiceLine& line = lines[i];
      EXPECT_EQ(line.kind, expected[i].kind) << i;
      EXPECT_EQ(line.thing, (BilledThing{contract_.id, period.start, expected[i].product})) << i;
      EXPECT_EQ(line.start, period.start);
      EXPECT_EQ(line.end, period.end);
      EXPECT_EQ(line.quantity.to_string(), expected[i].quantity) << i;
      EXPECT_EQ(line.unit_price,
                expected[i].unit_price ? std::optional(decimal(*expected[i].unit_price)) : std::nullopt);
      EXPECT_EQ(line.amount.to_string(), expected[i].amount) << i;
      EXPECT_EQ(line.description, expected[i].description) << i;
    }
  }
};

TEST_F(InvoiceLinesTest, AWholePeriodIsQuantityTimesPrice) {
  catalog_ = {product("seats", "resource")};
  contract_.items = {item("seats", "60", "145.00", "160.00")};
  used("seats", "71");
  // 60 × 145 and 11 × 160
  expect_lines("2026-03-01", {{Kind::prepay, "seats", "60", "145", "8700", "60 at 145.00"},
                              {Kind::overage, "seats", "11", "160", "1760", "11 over 60 prepaid, at 160.00"}});
}

TEST_F(InvoiceLinesTest, VersionsAreWorkedOutOneByOne) {
  catalog_ = {product("cx-3", "user-license")};
  contract_.items = {item("cx-3", "80", "140.00", "150.00")};
  contract_.amendments = {{day("2026-05-16"), {item("cx-3", "100", "138.00", "160.00")}}};
  used("cx-3", "108");
  // (80 × 140 × 15 + 100 × 138 × 16) / 31 + 8 × 160 = 13,821.935…; 13,821.94 − 1,280 is for what was prepaid.
  expect_lines("2026-05-01", {{Kind::prepay, "cx-3", "100", std::nullopt, "12541.94",
                               "80 at 140.00 for 15 of 31 days, 100 at 138.00 for 16 of 31 days"},
                              {Kind::overage, "cx-3", "8", "160", "1280", "8 over 100 prepaid, at 160.00"}});
}

TEST_F(InvoiceLinesTest, VersionsThatPrepayAlikeAreOne) {
  catalog_ = {product("cx-3", "user-license"), product("late", "resource")};
  contract_.items = {item("cx-3", "80", "140.00", "150.00")};
  ContractItem usage_alone = item("late", "0", "9.00", "1.00");
  contract_.items.push_back(usage_alone);
  contract_.amendments = {
      {day("2026-05-16"), {item("cx-3", "80", "140.00", "160.00"), item("late", "31", "2.00", "1.00")}}};
  // 80 × 140; 31 × 2 × 16 / 31
  expect_lines("2026-05-01", {{Kind::prepay, "cx-3", "80", "140", "11200", "80 at 140.00"},
                              {Kind::prepay, "late", "31", std::nullopt, "32", "31 at 2.00 for 16 of 31 days"}});
}

TEST_F(InvoiceLinesTest, AnAmountThatMeetsAPriceByChanceHasNoUnitPrice) {
  catalog_ = {product("cx-3", "user-license"), product("sms", "messaging")};
  contract_.items = {item("cx-3", "80", "140.00", "0"), item("sms", "0.9", "0.01", "0")};
  contract_.amendments = {{day("2026-05-02"), {item("sms", "1", "0.01", "0")}},
                          {day("2026-05-16"), {item("cx-3", "100", "112.00", "0")}}};
  // (80 × 140 × 15 + 100 × 112 × 16) / 31 = 11,200; (0.9 × 0.01 + 1 × 0.01 × 30) / 31 = 0.00996…
  expect_lines("2026-05-01", {{Kind::prepay, "cx-3", "100", std::nullopt, "11200",
                               "80 at 140.00 for 15 of 31 days, 100 at 112.00 for 16 of 31 days"},
                              {Kind::prepay, "sms", "1", std::nullopt, "0.01",
                               "0.9 at 0.01 for 1 of 31 days, 1 at 0.01 for 30 of 31 days"}});
}

TEST_F(InvoiceLinesTest, AShortPeriodNamesItsDays) {
  catalog_ = {product("seats", "resource")};
  contract_.effective = day("2026-05-17");
  contract_.items = {item("seats", "31", "10.00", "1.00")};
  contract_.minimum_monthly_amount = decimal("12000.00");
  // 31 × 10 × 15 / 31 = 150; 12,000 × 15 / 31 = 5,806.4516…, of which 5,656.4516… is missing.
  expect_lines("2026-05-17", {{Kind::prepay, "seats", "31", std::nullopt, "150", "31 at 10.00 for 15 of 31 days"},
                              {Kind::minimum, "", "1", std::nullopt, "5656.45",
                               "to the minimum of 5806.45, 12000.00 for 15 of 31 days"}});
}

TEST_F(InvoiceLinesTest, TheMinimumIsTheLastLine) {
  catalog_ = {product("licences", "user-license"), product("messages", "messaging")};
  contract_.items = {item("licences", "7", "100.00", "100.00"), item("messages", "0", "0", "2.50")};
  contract_.minimum_monthly_amount = decimal("1000");
  used("messages", "3");
  // 700 + 7.50, 292.50 to 1,000
  expect_lines("2026-03-01", {{Kind::prepay, "licences", "7", "100", "700", "7 at 100.00"},
                              {Kind::overage, "messages", "3", "2.5", "7.5", "3 over 0 prepaid, at 2.50"},
                              {Kind::minimum, "", "1", std::nullopt, "292.5", "to the minimum of 1000.00"}});
}

TEST_F(InvoiceLinesTest, ABundleNamesWhatEachCovers) {
  catalog_ = {product("sms", "messaging")};
  contract_.items = {item("sms", "30", "7.50", "0.01")};
  contract_.items[0].bundle_quantity = decimal("1000");
  used("sms", "30250.5");
  // 30 × 7.50; 250.5 × 0.01 = 2.505 is 2.51
  expect_lines("2026-03-01", {{Kind::prepay, "sms", "30", "7.5", "225", "30 (each covers 1000) at 7.50"},
                              {Kind::overage, "sms", "250.5", "0.01", "2.51", "250.5 over 30000 prepaid, at 0.01"}});
}

TEST_F(InvoiceLinesTest, TiersAreNamedWhereMoreThanOneIsReached) {
  catalog_ = {product("api", "resource")};
  ContractItem tiered;
  tiered.product = "api";
  tiered.overage_tiers = {{decimal("1000000"), decimal("0.0002")}, {std::nullopt, decimal("0.0001")}};
  contract_.items = {tiered};
  used("api", "1500000");
  // 200 + 50
  expect_lines("2026-03-01", {{Kind::overage, "api", "1500000", std::nullopt, "250",
                               "1500000 over 0 prepaid: 1000000 at 0.0002, 500000 at 0.0001"}});
  usage_.clear();
  used("api", "1000000");
  expect_lines("2026-03-01", {{Kind::overage, "api", "1000000", "0.0002", "200", "1000000 over 0 prepaid, at 0.0002"}});
}

TEST_F(InvoiceLinesTest, FairUseIsNamedWhereItCoversMore) {
  catalog_ = {product("api", "resource"), product("cx-3", "user-license")};
  catalog_[0].fair_use = {{"cx-3", decimal("182000"), std::nullopt}};
  catalog_[0].list_price = {{"USD", decimal("0.0002")}};
  used("cx-3", "1");
  used("api", "505992");
  // 323,992 × 0.0002 = 64.7984
  expect_lines("2026-03-01", {{Kind::overage, "api", "323992", "0.0002", "64.8",
                               "323992 over 182000 of fair use, at the list price of 0.0002"}});
  contract_.items = {item("api", "182000", "0", "0.0002")};
  expect_lines("2026-03-01",
               {{Kind::overage, "api", "323992", "0.0002", "64.8", "323992 over 182000 prepaid, at 0.0002"}});
}

TEST_F(InvoiceLinesTest, ListPricesAreNamed) {
  catalog_ = {product("agreed", "resource"), product("free", "resource"), product("other", "resource")};
  catalog_[0].list_price = catalog_[2].list_price = {{"USD", decimal("1.5")}};
  ContractItem without_price;
  without_price.product = "agreed";
  without_price.prepay_quantity = decimal("2");
  contract_.items = {without_price};
  for (const char* key : {"agreed", "free", "other"}) used(key, "3");
  expect_lines("2026-03-01",
               {{Kind::overage, "agreed", "1", "1.5", "1.5", "1 over 2 prepaid, at the list price of 1.50"},
                {Kind::overage, "other", "3", "1.5", "4.5", "3 outside the contract, at the list price of 1.50"}});
}

TEST_F(InvoiceLinesTest, PricesHaveTheCurrencysDigits) {
  catalog_ = {product("units", "resource")};
  contract_.items = {item("units", "60", "1200", "0.5")};
  used("units", "63");
  contract_.currency = "JPY";
  // 3 × 0.5 yen are 2, rounded.
  expect_lines("2026-03-01", {{Kind::prepay, "units", "60", "1200", "72000", "60 at 1200"},
                              {Kind::overage, "units", "3", "0.5", "2", "3 over 60 prepaid, at 0.5"}});
  contract_.currency = "BHD";
  expect_lines("2026-03-01", {{Kind::prepay, "units", "60", "1200", "72000", "60 at 1200.000"},
                              {Kind::overage, "units", "3", "0.5", "1.5", "3 over 60 prepaid, at 0.500"}});
}

TEST_F(InvoiceLinesTest, BothLinesAddUpToTheChargeThatWasRoundedOnce) {
  catalog_ = {product("units", "resource")};
  used("units", "2");
  contract_.items = {item("units", "1", "0.004", "0.004")};
  expect_lines("2026-03-01",
               {{Kind::prepay, "units", "1", std::nullopt, "0.01", "1 at 0.004, rounded together with the overage"}});
  EXPECT_EQ(lines_of("2026-03-01")[0].overage_quantity, decimal("1"));
  contract_.items = {item("units", "1", "0.005", "0.005")};
  expect_lines("2026-03-01", {{Kind::overage, "units", "1", "0.005", "0.01", "1 over 1 prepaid, at 0.005"}});
}

TEST_F(InvoiceLinesTest, WhatCostsNothingHasNoLine) {
  catalog_ = {product("cx-3", "user-license"), product("sms", "messaging"), product("tokens", "rollup"),
              product("voice-bot", "rollup-usage")};
  catalog_[2].fair_use = {{std::nullopt, std::nullopt, decimal("10")}};
  catalog_[2].list_price = {{"USD", decimal("2.00")}};
  catalog_[3].rolls_up = {"tokens", decimal("17")};
  contract_.items = {item("cx-3", "10", "140.00", "160.00"), item("sms", "10", "0", "0")};
  contract_.ramp = {day("2026-03-01"), day("2026-04-01")};
  contract_.minimum_monthly_amount = decimal("10.00");
  used("cx-3", "12");
  used("sms", "12");
  used("voice-bot", "187");
  expect_lines("2026-03-01",
               {{Kind::overage, "tokens", "1", "2", "2", "1 over 10 of fair use, at the list price of 2.00"}});
}

TEST(BilledBy, AddsUpThingByThing) {
  const auto line = [](Kind kind, std::string product, const char* amount, const char* overage) {
    InvoiceLine made;
    made.kind = kind;
    made.thing.product = std::move(product);
    made.amount = decimal(amount);
    made.overage_quantity = decimal(overage);
    return made;
  };
  std::vector<InvoiceLine> lines = {line(Kind::prepay, "b", "10.00", "0"),   line(Kind::overage, "b", "2.50", "5"),
                                    line(Kind::prepay, "a", "1.00", "0"),    line(Kind::minimum, "", "7.00", "0"),
                                    line(Kind::adjustment, "b", "-1", "-2"), line(Kind::credit, "", "-3.00", "0")};
  // Of another period of the same product.
  lines.push_back(line(Kind::adjustment, "b", "0.25", "1"));
  lines.back().thing.period_start = day("2026-02-01");
  const auto billed = billed_by(lines).value();
  std::vector<BilledAmount> expected;
  const auto expect = [&expected](const char* product, const char* amount, const char* overage) {
    BilledAmount& each = expected.emplace_back();
    each.thing.product = product;
    each.amount = decimal(amount);
    each.overage_quantity = decimal(overage);
  };
  expect("b", "11.5", "3");
  expect("a", "1", "0");
  expect("", "7", "0");
  expect("b", "0.25", "1");
  expected.back().thing.period_start = day("2026-02-01");
  EXPECT_EQ(billed, expected);
  // 10 + 2.5 + 1 + 7 − 1 − 3 + 0.25
  EXPECT_EQ(amount_of(lines), decimal("16.75"));
  EXPECT_EQ(amount_of({}), decimal("0"));
}

TEST(BilledBy, TellsWhatDoesNotFit) {
  std::vector<InvoiceLine> lines(2);
  lines[0].amount = lines[1].amount = Decimal::from_units(int128{1} << 126U);
  EXPECT_EQ(billed_by(lines).error(), RatingFault::overflow);
  EXPECT_EQ(amount_of(lines).error(), RatingFault::overflow);
}

}  // namespace
}  // namespace tallystick::core
