#include "tallystick/core/rating.hpp"

#include <gtest/gtest.h>

#include "rated_samples.hpp"

namespace tallystick::core {
namespace {

using test::day;
using test::decimal;
using test::item;
using test::product;

class RatingTest : public test::RatedContractTest {};

TEST_F(RatingTest, UsageAboveTheCommitmentIsOverage) {
  struct Row {
    const char* prepay;
    const char* price;
    const char* overage_price;
    const char* used;
    const char* overage;
    const char* charge;
  };
  // domain.md: 10 prepaid, 15 used; 1,000 minutes committed at 0.25 and 1,250 used; 80 users contracted and 138 used.
  const Row rows[] = {
      {"10", "1.00", "2.00", "15", "5", "20"},
      {"1000", "0.25", "0.25", "1250", "250", "312.5"},
      {"80", "0", "1.00", "138", "58", "58"},
      {"10", "1.00", "2.00", "9", "0", "10"},
  };
  catalog_ = {product("minutes", "resource")};
  for (const Row& row : rows) {
    contract_.items = {item("minutes", row.prepay, row.price, row.overage_price)};
    usage_.clear();
    used("minutes", row.used);
    const auto rated = rate_period_of("2026-03-01");
    ASSERT_EQ(rated.lines.size(), 1U);
    EXPECT_EQ(rated.lines[0].overage_quantity.to_string(), row.overage);
    EXPECT_EQ(rated.lines[0].charge.to_string(), row.charge);
  }
}

TEST_F(RatingTest, AnAmendmentIsProratedByDays) {
  catalog_ = {product("cx-3", "user-license")};
  contract_.items = {item("cx-3", "80", "140.00", "150.00")};
  contract_.amendments = {{day("2026-05-16"), {item("cx-3", "100", "138.00", "160.00")}}};
  used("cx-3", "108");
  const auto may = rate_period_of("2026-05-01");
  ASSERT_EQ(may.lines.size(), 1U);
  EXPECT_EQ(may.lines[0].prepay_quantity.to_string(), "100");
  EXPECT_EQ(may.lines[0].prepay_price, decimal("138"));
  EXPECT_EQ(may.lines[0].overage_price, decimal("160"));
  // (80 × 140 × 15 + 100 × 138 × 16) / 31 + 8 × 160 = 13,821.935…
  EXPECT_EQ(may.lines[0].charge.to_string(), "13821.94");
  // Before and after it, one version is in force throughout.
  EXPECT_EQ(rate_period_of("2026-04-01").lines[0].charge, decimal("15400"));
  EXPECT_EQ(rate_period_of("2026-06-01").lines[0].charge, decimal("15080"));
}

TEST_F(RatingTest, AnItemThatAnAmendmentBringsIsChargedFromItsDay) {
  catalog_ = {product("late", "resource")};
  contract_.amendments = {{day("2026-06-16"), {item("late", "30", "10.00", "1.00")}}};
  EXPECT_TRUE(rate_period_of("2026-05-01").lines.empty());
  EXPECT_EQ(rate_period_of("2026-06-01").lines[0].charge.to_string(), "150");
}

TEST_F(RatingTest, ShortPeriodsProratePrepayAndMinimum) {
  catalog_ = {product("seats", "resource")};
  contract_.effective = day("2026-05-17");
  contract_.items = {item("seats", "31", "10.00", "1.00")};
  contract_.minimum_monthly_amount = decimal("620.00");
  const auto may = rate_period_of("2026-05-17");
  // 15 of 31 days: 150.00 of 310.00, and 300.00 of 620.00.
  EXPECT_EQ(may.lines[0].charge.to_string(), "150");
  EXPECT_EQ(may.minimum_difference.to_string(), "150");
}

TEST_F(RatingTest, TiersAreGraduatedOverOverageUnits) {
  catalog_ = {product("api", "resource")};
  ContractItem tiered;
  tiered.product = "api";
  tiered.notes = "calls out";
  tiered.overage_tiers = {{decimal("1000000"), decimal("0.0002")}, {std::nullopt, decimal("0.0001")}};
  contract_.items = {tiered};
  struct Row {
    const char* used;
    const char* charge;
  };
  // 1,000,000 × 0.0002 = 200; what is above costs 0.0001.
  for (const Row& row : {Row{"0", "0"}, Row{"500000", "100"}, Row{"1000000", "200"}, Row{"1500000", "250"}}) {
    usage_.clear();
    used("api", row.used);
    const auto line = rate_period_of("2026-03-01").lines[0];
    EXPECT_EQ(line.charge.to_string(), row.charge) << row.used;
    EXPECT_EQ(line.overage_price, decimal("0.0002"));
    EXPECT_EQ(line.usage_notes, "calls out; 0-1000000 at 0.0002, above at 0.0001");
  }
}

TEST_F(RatingTest, ABundleCoversMoreThanOneUnit) {
  catalog_ = {product("sms", "messaging")};
  ContractItem bundled = item("sms", "10", "5.00", "0.50");
  bundled.bundle_quantity = decimal("100");
  contract_.items = {bundled};
  used("sms", "1003");
  const auto line = rate_period_of("2026-03-01").lines[0];
  EXPECT_EQ(line.overage_quantity.to_string(), "3");
  EXPECT_EQ(line.charge.to_string(), "51.5");
}

TEST_F(RatingTest, FairUseIsGrantedOnTheGreaterOfCommittedAndActualUnits) {
  catalog_ = {product("api", "resource"), product("cx-3", "billable-app-concurrent-license")};
  catalog_[0].fair_use = {{"cx-3", decimal("182000"), std::nullopt}};
  catalog_[0].list_price = {{"USD", decimal("0.01")}};
  used("cx-3", "1");
  used("api", "505992");
  // domain.md: one licence allows 182,000 requests; 505,992 used; 323,992 billed.
  auto rated = rate_period_of("2026-03-01");
  ASSERT_EQ(rated.lines.size(), 3U);
  EXPECT_EQ(rated.lines[0].overage_quantity.to_string(), "323992");
  EXPECT_EQ(rated.lines[1].kind, RatedLine::Kind::fair_use);
  EXPECT_EQ(rated.lines[1].product->key, "api");
  EXPECT_EQ(rated.lines[1].usage_quantity.to_string(), "182000");
  EXPECT_EQ(rated.lines[1].bundle_quantity, decimal("182000"));
  EXPECT_TRUE(rated.lines[1].charge.is_zero());
  EXPECT_EQ(rated.lines[2].product->key, "cx-3");

  // With three committed the grant covers everything.
  contract_.items = {item("cx-3", "3", "0", "0")};
  rated = rate_period_of("2026-03-01");
  EXPECT_TRUE(rated.lines[0].overage_quantity.is_zero());
  EXPECT_EQ(rated.lines[1].usage_quantity.to_string(), "505992");
  EXPECT_EQ(rated.lines[1].bundle_quantity, decimal("546000"));
}

TEST_F(RatingTest, GrantsAddUpAndTheGreaterOfGrantAndPrepayCovers) {
  catalog_ = {product("api", "resource"), product("cx", "user-license")};
  catalog_[0].fair_use = {{"cx", decimal("100"), std::nullopt}, {std::nullopt, std::nullopt, decimal("50")}};
  contract_.items = {item("api", "200", "0", "1.00"), item("cx", "1", "0", "0")};
  used("api", "205");
  used("cx", "2");
  // Granted 2 × 100 + 50 = 250, which is more than the 200 prepaid.
  EXPECT_TRUE(rate_period_of("2026-03-01").lines[0].overage_quantity.is_zero());
  catalog_[0].fair_use = {{std::nullopt, std::nullopt, decimal("50")}};
  EXPECT_EQ(rate_period_of("2026-03-01").lines[0].overage_quantity.to_string(), "5");
}

TEST_F(RatingTest, TokensGatherTheirParts) {
  catalog_ = {product("ai-tokens", "rollup"), product("voice-bot", "rollup-usage"), product("virtual", "rollup-usage")};
  catalog_[0].fair_use = {{std::nullopt, std::nullopt, decimal("250")}};
  catalog_[0].list_price = {{"USD", decimal("1.00")}};
  catalog_[1].rolls_up = {"ai-tokens", decimal("17")};
  catalog_[2].rolls_up = {"ai-tokens", decimal("2")};
  // domain.md: 250 free tokens are 4,250 voice-bot minutes.
  used("voice-bot", "4250");
  auto rated = rate_period_of("2026-03-01");
  ASSERT_EQ(rated.lines.size(), 3U);
  EXPECT_EQ(rated.lines[0].product->key, "ai-tokens");
  EXPECT_EQ(rated.lines[0].usage_quantity.to_string(), "250");
  EXPECT_TRUE(rated.lines[0].charge.is_zero());
  EXPECT_EQ(rated.lines[1].kind, RatedLine::Kind::fair_use);
  EXPECT_EQ(rated.lines[2].kind, RatedLine::Kind::rollup_part);
  EXPECT_EQ(rated.lines[2].usage_quantity.to_string(), "4250");
  EXPECT_FALSE(rated.lines[2].overage_price);

  // One interaction is half a token, a 4,251st minute a 17th: exact inside, rounded when shown.
  usage_.clear();
  used("voice-bot", "4251");
  used("virtual", "1");
  rated = rate_period_of("2026-03-01");
  EXPECT_EQ(rated.lines[0].usage_quantity.to_string(), "250.558823529");
  EXPECT_EQ(rated.lines[0].overage_quantity.to_string(), "0.558823529");
  EXPECT_EQ(rated.lines[0].charge.to_string(), "0.56");
}

TEST_F(RatingTest, ARampChargesNoLicencesAndNoMinimum) {
  catalog_ = {product("cx-3", "user-license"), product("sms", "messaging")};
  contract_.items = {item("cx-3", "10", "140.00", "160.00"), item("sms", "10", "1.00", "2.00")};
  contract_.ramp = {day("2026-01-01"), day("2026-02-01")};
  contract_.minimum_monthly_amount = decimal("10000.00");
  used("cx-3", "12");
  used("sms", "12");
  const auto ramp = rate_period_of("2026-01-01");
  EXPECT_TRUE(ramp.is_ramp);
  EXPECT_EQ(ramp.lines[0].usage_quantity.to_string(), "12");
  EXPECT_EQ(ramp.lines[0].overage_quantity.to_string(), "2");
  EXPECT_TRUE(ramp.lines[0].charge.is_zero());
  EXPECT_EQ(ramp.lines[1].charge.to_string(), "14");
  EXPECT_TRUE(ramp.minimum_difference.is_zero());

  const auto february = rate_period_of("2026-02-01");
  EXPECT_FALSE(february.is_ramp);
  EXPECT_EQ(february.lines[0].charge.to_string(), "1720");
  EXPECT_EQ(february.minimum_difference.to_string(), "8266");
}

TEST_F(RatingTest, ThirdPartyLinesDoNotCountTowardsTheMinimum) {
  catalog_ = {product("app", "resource"), product("own", "resource")};
  catalog_[0].third_party = true;
  contract_.items = {item("app", "1", "900.00", "0"), item("own", "1", "100.00", "0")};
  contract_.minimum_monthly_amount = decimal("500.00");
  EXPECT_EQ(rate_period_of("2026-03-01").minimum_difference.to_string(), "400");
}

TEST_F(RatingTest, OutsideTheContractTheListPriceHolds) {
  catalog_ = {product("euro-only", "resource"), product("listed", "resource"), product("unused", "resource")};
  catalog_[0].list_price = {{"EUR", decimal("3.00")}};
  catalog_[1].list_price = {{"USD", decimal("1.50")}};
  used("euro-only", "2");
  used("listed", "3");
  const auto rated = rate_period_of("2026-03-01");
  ASSERT_EQ(rated.lines.size(), 2U);
  EXPECT_FALSE(rated.lines[0].overage_price);
  EXPECT_TRUE(rated.lines[0].charge.is_zero());
  EXPECT_EQ(rated.lines[0].overage_quantity.to_string(), "2");
  EXPECT_TRUE(rated.lines[1].prepay_quantity.is_zero());
  EXPECT_FALSE(rated.lines[1].bundle_quantity);
  EXPECT_EQ(rated.lines[1].charge.to_string(), "4.5");
}

TEST_F(RatingTest, AnItemWithoutOveragePriceHasTheListPrice) {
  catalog_ = {product("seats", "resource")};
  catalog_[0].list_price = {{"USD", decimal("7.00")}};
  ContractItem plain;
  plain.product = "seats";
  plain.prepay_quantity = decimal("1");
  contract_.items = {plain};
  used("seats", "3");
  const auto line = rate_period_of("2026-03-01").lines[0];
  EXPECT_EQ(line.overage_price, decimal("7"));
  EXPECT_EQ(line.charge.to_string(), "14");
}

TEST_F(RatingTest, ChargesAreRoundedOnceToTheCurrencysMinorUnit) {
  catalog_ = {product("units", "resource")};
  struct Row {
    const char* currency;
    const char* price;
    const char* used;
    const char* charge;
  };
  const Row rows[] = {
      {"JPY", "0.5", "1", "1"},
      {"JPY", "0.499999999", "1", "0"},
      {"USD", "0.005", "1", "0.01"},
      {"USD", "0.001", "4", "0"},
      {"BHD", "0.0005", "1", "0.001"},
      {"BHD", "0.0004", "1", "0"},
      {"USD", "0.000000001", "999999999999999999", "1000000000"},
  };
  for (const Row& row : rows) {
    contract_.currency = row.currency;
    contract_.items = {item("units", "0", "0", row.price)};
    usage_.clear();
    used("units", row.used);
    EXPECT_EQ(rate_period_of("2026-03-01").lines[0].charge.to_string(), row.charge) << row.currency << " " << row.price;
  }
}

TEST_F(RatingTest, FaultsAreTold) {
  catalog_ = {product("units", "resource")};
  contract_.items = {item("units", "0", "0", "999999999999.999999999")};
  const auto period = billing_period_containing(contract_, day("2026-03-01")).value();
  const std::vector<ProductQuantity> huge{{&catalog_[0], Decimal::from_units(int128{1} << 126U)}};
  EXPECT_EQ(rate(contract_, period, catalog_, huge).error(), RatingFault::overflow);
  contract_.currency = "XYZ";
  EXPECT_EQ(rate(contract_, period, catalog_, {}).error(), RatingFault::unknown_currency);
}

}  // namespace
}  // namespace tallystick::core
