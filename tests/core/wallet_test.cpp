#include "tallystick/core/wallet.hpp"

#include <gtest/gtest.h>

#include "rated_samples.hpp"

namespace tallystick::core {
namespace {

using test::decimal;
using test::item;
using test::product;

// Tokens at 1.00, 2.00 above what is covered, into which minutes convert at 17 a token.
class WalletTest : public test::RatedContractTest {
 protected:
  WalletTest() {
    catalog_ = {product("ai-tokens", "rollup"), product("seats", "user-license"), product("voice-bot", "rollup-usage")};
    catalog_[0].fair_use = {{std::nullopt, std::nullopt, decimal("250")}};
    catalog_[2].rolls_up = {"ai-tokens", decimal("17")};
    contract_.items = {item("ai-tokens", "100", "1.00", "2.00")};
  }

  std::vector<Wallet> wallets(bool is_closed) {
    return wallets_of(rate_period_of("2026-03-01"), catalog_, is_closed).value();
  }
};

TEST_F(WalletTest, IsUsedUpAndExpires) {
  struct Row {
    const char* used;
    const char* consumption;
    const char* ending;  // while the period is open
    const char* overage;
    const char* charge;
  };
  // 100 prepaid and 250 allowed are 350; overage begins above the greater of the two, 250.
  const Row rows[] = {
      {"0", "0", "350", "0", "0"},       {"200", "200", "150", "0", "0"},   {"250", "250", "100", "0", "0"},
      {"300", "300", "50", "50", "100"}, {"350", "350", "0", "100", "200"}, {"400", "350", "0", "150", "300"},
      {"0.5", "0.5", "349.5", "0", "0"},
  };
  for (const Row& row : rows) {
    usage_.clear();
    used("ai-tokens", row.used);
    for (const bool is_closed : {false, true}) {
      const auto found = wallets(is_closed);
      ASSERT_EQ(found.size(), 1U);
      const Wallet& wallet = found[0];
      EXPECT_EQ(wallet.product->key, "ai-tokens");
      EXPECT_EQ(wallet.starting_balance.to_string(), "350");
      EXPECT_TRUE(wallet.balance_increase.is_zero());
      EXPECT_EQ(wallet.consumption.to_string(), row.consumption) << row.used;
      EXPECT_EQ(wallet.balance_decrease.to_string(), is_closed ? "350" : row.consumption) << row.used;
      EXPECT_EQ(wallet.ending_balance.to_string(), is_closed ? "0" : row.ending) << row.used;
      EXPECT_EQ(wallet.overage.to_string(), row.overage) << row.used;
      EXPECT_EQ(wallet.overage_rate, decimal("2"));
      EXPECT_EQ(wallet.overage_charge.to_string(), row.charge) << row.used;
    }
  }
}

TEST_F(WalletTest, ConsumesWhatPartsConvertInto) {
  // 4,267 minutes are 251 tokens.
  used("voice-bot", "4267");
  const auto found = wallets(false);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].consumption.to_string(), "251");
  EXPECT_EQ(found[0].ending_balance.to_string(), "99");
  EXPECT_EQ(found[0].overage.to_string(), "1");
}

TEST_F(WalletTest, StartsWithTheUnitsThatBundlesCover) {
  contract_.items[0].bundle_quantity = decimal("10");
  EXPECT_EQ(wallets(false).at(0).starting_balance.to_string(), "1250");
  catalog_[0].fair_use.clear();
  EXPECT_EQ(wallets(false).at(0).starting_balance.to_string(), "1000");
}

TEST_F(WalletTest, BelongsToTokenProductsAlone) {
  contract_.items = {item("seats", "10", "1.00", "2.00")};
  used("seats", "12");
  EXPECT_TRUE(wallets(false).empty());
  // Listed once it is used.
  used("voice-bot", "17");
  ASSERT_EQ(wallets(true).size(), 1U);
  EXPECT_EQ(wallets(true)[0].starting_balance.to_string(), "250");
}

TEST_F(WalletTest, TellsWhatDoesNotFit) {
  const Decimal huge = Decimal::from_units(int128{1} << 126U);
  RatedPeriod rated;
  rated.lines.resize(1);
  rated.lines[0].product = catalog_.data();
  rated.lines[0].prepaid_units = huge;
  rated.lines[0].allowance = huge;
  EXPECT_EQ(wallets_of(rated, catalog_, true).error(), RatingFault::overflow);
}

}  // namespace
}  // namespace tallystick::core
