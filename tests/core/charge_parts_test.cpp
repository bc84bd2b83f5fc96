#include <gtest/gtest.h>

#include "rated_samples.hpp"
#include "tallystick/core/rating.hpp"

namespace tallystick::core {
namespace {

using test::day;
using test::decimal;
using test::item;
using test::product;

class ChargePartsTest : public test::RatedContractTest {};

TEST_F(ChargePartsTest, OverageIsRoundedByItself) {
  struct Row {
    const char* currency;
    const char* prepay_price;
    const char* overage_price;
    const char* used;  // of which 1 is prepaid
    const char* charge;
    const char* overage_charge;
  };
  const Row rows[] = {
      {"USD", "100.00", "120.00", "3", "340", "240"}, {"USD", "100.00", "120.00", "1", "100", "0"},
      {"USD", "0.004", "0.004", "2", "0.01", "0"},     // 0.008 in all
      {"USD", "0.005", "0.005", "2", "0.01", "0.01"},  // 0.010 in all
      {"USD", "0.006", "0.006", "2", "0.01", "0.01"},  // 0.012 in all
      {"JPY", "0.4", "1.5", "2", "2", "2"},            // 1.9 in all
      {"BHD", "1.0001", "0.0004", "2", "1.001", "0"},  // 1.0005 in all
  };
  catalog_ = {product("units", "resource")};
  for (const Row& row : rows) {
    contract_.currency = row.currency;
    contract_.items = {item("units", "1", row.prepay_price, row.overage_price)};
    usage_.clear();
    used("units", row.used);
    const auto line = rate_period_of("2026-03-01").lines.at(0);
    EXPECT_EQ(line.charge.to_string(), row.charge) << row.prepay_price;
    EXPECT_EQ(line.overage_charge.to_string(), row.overage_charge) << row.prepay_price;
  }
}

TEST_F(ChargePartsTest, RampLicencesCostNothingInEitherPart) {
  catalog_ = {product("cx-3", "user-license"), product("sms", "messaging")};
  contract_.items = {item("cx-3", "10", "140.00", "160.00"), item("sms", "10", "1.00", "2.00")};
  contract_.ramp = {day("2026-01-01"), day("2026-02-01")};
  used("cx-3", "12");
  used("sms", "12");
  const auto lines = rate_period_of("2026-01-01").lines;
  EXPECT_TRUE(lines[0].overage_charge.is_zero());
  EXPECT_EQ(lines[0].prepaid_units.to_string(), "10");
  EXPECT_EQ(lines[1].overage_charge.to_string(), "4");
}

TEST_F(ChargePartsTest, PrepaidUnitsAreTheHighestQuantityTimesTheLastBundle) {
  catalog_ = {product("sms", "messaging"), product("unlisted", "messaging")};
  contract_.items = {item("sms", "12", "5.00", "0.50")};
  contract_.items[0].bundle_quantity = decimal("50");
  ContractItem later = item("sms", "8", "9.00", "0.50");
  later.bundle_quantity = decimal("100.5");
  contract_.amendments = {{day("2026-03-11"), {later}}};
  used("unlisted", "1");
  EXPECT_EQ(rate_period_of("2026-02-01").lines[0].prepaid_units.to_string(), "600");
  // 12 × 100.5
  EXPECT_EQ(rate_period_of("2026-03-01").lines[0].prepaid_units.to_string(), "1206");
  EXPECT_EQ(rate_period_of("2026-04-01").lines[0].prepaid_units.to_string(), "804");
  EXPECT_TRUE(rate_period_of("2026-03-01").lines[1].prepaid_units.is_zero());
}

TEST_F(ChargePartsTest, AnAllowanceIsThereWhereSomethingIsGranted) {
  catalog_ = {product("api", "resource"), product("cx-3", "user-license"), product("plain", "resource")};
  catalog_[0].fair_use = {{"cx-3", decimal("1000.5"), std::nullopt}};
  used("api", "1");
  used("plain", "1");
  auto lines = rate_period_of("2026-03-01").lines;
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].allowance, decimal("0"));
  EXPECT_EQ(lines[1].kind, RatedLine::Kind::fair_use);
  EXPECT_FALSE(lines[2].allowance);
  used("cx-3", "3");
  lines = rate_period_of("2026-03-01").lines;
  EXPECT_EQ(lines[0].allowance, decimal("3001.5"));
}

TEST_F(ChargePartsTest, PartsTellTheTokensTheyConvertInto) {
  catalog_ = {product("ai-tokens", "rollup"), product("voice-bot", "rollup-usage")};
  catalog_[1].rolls_up = {"ai-tokens", decimal("17")};
  for (const auto& [minutes, tokens] : {std::pair{"5100", "300"}, std::pair{"1", "0.058823529"}, std::pair{"0", "0"}}) {
    usage_.clear();
    used("voice-bot", minutes);
    const auto lines = rate_period_of("2026-03-01").lines;
    EXPECT_FALSE(lines[0].converted_tokens);
    EXPECT_EQ(lines[1].converted_tokens, decimal(tokens)) << minutes;
  }
}

}  // namespace
}  // namespace tallystick::core
