#include <gtest/gtest.h>

#include "rated_samples.hpp"
#include "tallystick/core/invoice_lines.hpp"

namespace tallystick::core {
namespace {

using test::day;
using test::decimal;
using test::item;
using test::product;

constexpr const char* march = "2026-03-01";

struct ExpectedLine {
  const char* product;
  const char* quantity;
  const char* amount;
  const char* description;  // without its heading
};

// March, closed with some usage and rated anew with other.
class AdjustmentLinesTest : public test::RatedContractTest {
 protected:
  AdjustmentLinesTest() { contract_.id.bytes[15] = 7; }

  void uses(std::string_view key, std::string_view quantity) {
    std::erase_if(usage_, [&](const ProductQuantity& used) { return used.product->key == key; });
    used(key, quantity);
  }

  void close() { bill(period_lines(contract_, period_of(march), rate_period_of(march))); }

  std::vector<InvoiceLine> adjustments() {
    return adjustment_lines(contract_, period_of(march), rate_period_of(march), catalog_, billed_).value();
  }

  void bill(const std::vector<InvoiceLine>& lines) {
    const auto billed = billed_by(lines).value();
    billed_.insert(billed_.end(), billed.begin(), billed.end());
  }

  // Adjusts, bills what comes of it, and looks whether all is billed then.
  void expect_adjustments(const std::vector<ExpectedLine>& expected) {
    const auto lines = adjustments();
    ASSERT_EQ(lines.size(), expected.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const InvoiceLine& line = lines[i];
      EXPECT_EQ(line.kind, InvoiceLine::Kind::adjustment);
      EXPECT_EQ(line.thing, (BilledThing{contract_.id, day(march), expected[i].product}));
      EXPECT_EQ(line.start, day("2026-03-01"));
      EXPECT_EQ(line.end, day("2026-04-01"));
      EXPECT_EQ(line.quantity.to_string(), expected[i].quantity) << expected[i].product;
      EXPECT_FALSE(line.unit_price);
      EXPECT_EQ(line.amount.to_string(), expected[i].amount) << expected[i].product;
      EXPECT_EQ(line.description, std::string("Adjustment of 2026-03-01 to 2026-03-31: ") + expected[i].description);
    }
    bill(lines);
    EXPECT_TRUE(adjustments().empty());
  }

  std::vector<BilledAmount> billed_;
};

TEST_F(AdjustmentLinesTest, ChargesAreRoundedBeforeTheyAreSubtracted) {
  catalog_ = {product("units", "resource")};
  contract_.items = {item("units", "0", "0", "1.00")};
  uses("units", "1000.005");
  close();  // 1,000.01
  EXPECT_TRUE(adjustments().empty());
  uses("units", "1000.006");  // 1,000.01 too
  expect_adjustments({});
  uses("units", "1000.015");  // 1,000.02
  expect_adjustments({{"units", "0.01", "0.01", "1000.015 over instead of 1000.005"}});
  uses("units", "990.015");  // 990.02
  expect_adjustments({{"units", "-10", "-10", "990.015 over instead of 1000.015"}});
  uses("units", "991.015");
  expect_adjustments({{"units", "1", "1", "991.015 over instead of 990.015"}});
}

TEST_F(AdjustmentLinesTest, TheMinimumTakesBackWhatLateChargesFill) {
  catalog_ = {product("fixed", "resource"), product("units", "resource")};
  contract_.items = {item("fixed", "1", "900.00", "0"), item("units", "0", "0", "1.00")};
  contract_.minimum_monthly_amount = decimal("1000.00");
  uses("units", "40");
  close();  // 900 + 40 + 60
  uses("units", "75.5");
  expect_adjustments({{"units", "35.5", "35.5", "75.5 over instead of 40"},
                      {"", "1", "-35.5", "24.50 to the minimum instead of 60.00"}});
  uses("units", "150");
  expect_adjustments({{"units", "74.5", "74.5", "150 over instead of 75.5"},
                      {"", "1", "-24.5", "0.00 to the minimum instead of 24.50"}});
  uses("units", "40");
  expect_adjustments(
      {{"units", "-110", "-110", "40 over instead of 150"}, {"", "1", "60", "60.00 to the minimum instead of 0.00"}});
}

TEST_F(AdjustmentLinesTest, AProductThatIsGoneIsGivenBack) {
  catalog_ = {product("a-key", "resource"), product("b-key", "resource"), product("c-key", "resource")};
  catalog_[0].name = "Zulu";
  catalog_[1].name = "Alpha";
  catalog_[2].name = "Mike";
  for (Product& each : catalog_) each.list_price = {{"USD", decimal("2.00")}};
  uses("a-key", "3");
  uses("b-key", "5");
  close();
  usage_.clear();
  uses("c-key", "1");
  // By name, whether the product is still rated or not.
  expect_adjustments({{"b-key", "-5", "-10", "0 over instead of 5"},
                      {"c-key", "1", "2", "1 over instead of 0"},
                      {"a-key", "-3", "-6", "0 over instead of 3"}});
}

TEST_F(AdjustmentLinesTest, AChargeCanChangeWithoutTheOverageThatIsShown) {
  catalog_ = {product("tokens", "rollup"), product("bot", "rollup-usage")};
  catalog_[1].rolls_up = {"tokens", decimal("1000")};
  contract_.items = {item("tokens", "0", "0", "10000000000.00")};
  uses("bot", "1");
  close();
  // 10^-12 tokens more, at 10^10.
  uses("bot", "1.000000001");
  expect_adjustments({{"tokens", "1", "0.01", "charge of 10000000.01 instead of 10000000.00"}});
}

TEST_F(AdjustmentLinesTest, PrepaidUnitsAreNotBilledTwice) {
  catalog_ = {product("seats", "resource")};
  contract_.items = {item("seats", "50", "10.00", "12.00")};
  uses("seats", "48");
  close();
  uses("seats", "50");
  expect_adjustments({});
  uses("seats", "58");
  expect_adjustments({{"seats", "8", "96", "8 over instead of 0"}});
}

TEST_F(AdjustmentLinesTest, OtherPeriodsAndContractsAreNotLookedAt) {
  catalog_ = {product("units", "resource")};
  contract_.items = {item("units", "0", "0", "1.00")};
  uses("units", "5");
  close();
  const auto note_billed = [this](const Uuid& contract, const char* start, const char* product) {
    BilledAmount& billed = billed_.emplace_back();
    billed.thing = {contract, day(start), product};
    billed.amount = billed.overage_quantity = decimal("100");
  };
  note_billed(contract_.id, "2026-02-01", "units");
  note_billed(contract_.id, "2026-04-01", "");
  note_billed(Uuid{}, march, "units");
  note_billed(Uuid{}, march, "gone");
  expect_adjustments({});
  uses("units", "6");
  expect_adjustments({{"units", "1", "1", "6 over instead of 5"}});
}

TEST_F(AdjustmentLinesTest, TellsWhatDoesNotFit) {
  const Decimal huge = Decimal::from_units(int128{1} << 126U);
  const BilledThing thing{contract_.id, day(march), "units"};
  const std::vector<BilledAmount> billed{{thing, huge, {}}, {thing, huge, {}}};
  EXPECT_EQ(adjustment_lines(contract_, period_of(march), {}, {}, billed).error(), RatingFault::overflow);
}

}  // namespace
}  // namespace tallystick::core
