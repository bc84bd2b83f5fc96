#include "cli/overview_estimate.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "cli/number_text.hpp"
#include "cli/overview_comparison.hpp"
#include "tallystick/core/rating.hpp"

namespace tallystick::cli {
namespace {

struct Row {
  std::string what;
  std::string usage;
  std::string prepay;
  std::optional<std::string> bundle;
  std::optional<std::string> prepay_price;
  std::optional<std::string> overage_price;
  std::string overage;  ///< `-`: absent
  std::string amount;
};

wire::SubscriptionOverviewUsage line_of(const Row& row) {
  wire::SubscriptionOverviewUsage line;
  line.name = row.what;
  line.part_number = "P";
  line.grouping = "resource";
  line.usage_quantity = row.usage;
  line.prepay_quantity = row.prepay;
  line.bundle_quantity = row.bundle;
  line.prepay_price = row.prepay_price;
  line.overage_price = row.overage_price;
  return line;
}

wire::TrusteeBillingOverview overview_of(std::vector<wire::SubscriptionOverviewUsage> lines) {
  wire::TrusteeBillingOverview overview;
  overview.currency = "USD";
  overview.usages = std::move(lines);
  return overview;
}

std::string overage_of(const LineEstimate& estimate) {
  return estimate.overage ? estimate.overage->to_string() : "-";
}

TEST(OverviewEstimate, FollowsFromTheLinesOwnFields) {
  const Row rows[] = {
      {"10 prepaid, 15 used", "15", "10", "1", "2", "3", "5", "35.00"},
      {"1000 minutes at 0.25, 1250 used", "1250", "1000", "1", "0.25", "0.25", "250", "312.50"},
      {"80 contracted, 138 used", "138", "80", {}, "140.00", "160.00", "58", "20480.00"},
      {"below", "3", "10", "1", "140.00", "160.00", "0", "1400.00"},
      {"a bundle covers", "1000", "10", "100", "1", "1", "0", "10.00"},
      {"above a bundle", "1000.5", "10", "100", "1", "1", "0.5", "10.50"},
      {"rounded once, half up", "0.1", "0.1", "0", "0.045", "0.005", "0.1", "0.01"},
      {"just below a half", "1", "0", "1", {}, "0.004999999", "1", "0.00"},
      {"eighteen places at once", "0.999999999", "0", "1", {}, "0.005", "0.999999999", "0.00"},
      {"nothing", "0", "0", "1", {}, {}, "0", "0.00"},
      {"no price for overage", "1", "0", {}, {}, {}, "1", "-"},
      {"no price for what is prepaid", "1", "2", {}, {}, "5", "0", "-"},
      {"no price for overage that is not there", "1", "1", {}, "5", {}, "0", "5.00"},
      {"usage is no decimal", "1e3", "0", "1", "1", "1", "-", "-"},
      {"prepay is no decimal", "1", "", "1", "1", "1", "-", "-"},
      {"bundle is no decimal", "1", "1", "x", "1", "1", "-", "-"},
      {"price is no decimal", "2", "1", "1", "1", "$1", "1", "-"},
  };
  for (const Row& row : rows) {
    const auto estimates = estimate_lines(overview_of({line_of(row)}));
    ASSERT_EQ(estimates.size(), 1U);
    EXPECT_EQ(overage_of(estimates[0]), row.overage) << row.what;
    EXPECT_EQ(amount_text(estimates[0].amount, "USD"), row.amount) << row.what;
    EXPECT_EQ(estimates[0].has_overage(), row.overage != "-" && row.overage != "0") << row.what;
  }
}

TEST(OverviewEstimate, FairUseIsTheAllowanceOfItsPartNumber) {
  // One CX 3 licence allows 182,000 requests; 505,992 used; 323,992 billed.
  wire::SubscriptionOverviewUsage requests = line_of({"API", "505992", "0", {}, {}, "0.0002", "", ""});
  wire::SubscriptionOverviewUsage allowance = line_of({"API fair use", "182000", "0", "182000", {}, {}, "", ""});
  allowance.grouping = "fair-use";
  wire::SubscriptionOverviewUsage other = requests;
  other.part_number = "Q";
  const auto estimates = estimate_lines(overview_of({requests, allowance, other}));
  EXPECT_EQ(overage_of(estimates[0]), "323992");
  EXPECT_EQ(amount_text(estimates[0].amount, "USD"), "64.80");  // 323992 × 0.0002 = 64.7984
  EXPECT_EQ(overage_of(estimates[1]), "-");
  EXPECT_EQ(overage_of(estimates[2]), "505992");
}

TEST(OverviewEstimate, PartsOfATokenProductAreNeverCharged) {
  wire::SubscriptionOverviewUsage part = line_of({"Voice bot minutes", "4250", "0", {}, {}, {}, "", ""});
  part.grouping = "rollup-usage";
  const auto estimates = estimate_lines(overview_of({part}));
  EXPECT_EQ(overage_of(estimates[0]), "-");
  EXPECT_FALSE(estimates[0].has_overage());
}

TEST(OverviewEstimate, LicencesCostNothingInTheRampPeriod) {
  wire::SubscriptionOverviewUsage license = line_of({"CX 3", "15", "10", "1", "140", "160", "", ""});
  license.grouping = "user-license";
  wire::TrusteeBillingOverview overview = overview_of({license, line_of({"API", "15", "10", "1", "1", "2", "", ""})});
  overview.in_ramp_period = true;
  const auto estimates = estimate_lines(overview);
  EXPECT_EQ(overage_of(estimates[0]), "5");
  EXPECT_EQ(amount_text(estimates[0].amount, "USD"), "0.00");
  EXPECT_EQ(amount_text(estimates[1].amount, "USD"), "20.00");
}

TEST(OverviewEstimate, AmountsHaveTheMinorDigitsOfTheirCurrency) {
  const std::tuple<std::string, std::string> rows[] = {{"JPY", "2"}, {"USD", "1.50"}, {"BHD", "1.500"}, {"XYZ", "1.5"}};
  for (const auto& [currency, expected] : rows) {
    auto overview = overview_of({line_of({"x", "1.5", "0", "1", {}, "1", "", ""})});
    overview.currency = currency;
    EXPECT_EQ(amount_text(estimate_lines(overview)[0].amount, currency), expected) << currency;
  }
}

core::Decimal thousandths(std::int64_t count) {
  return core::Decimal::from_units(core::int128{count} * 1'000'000);
}

// For a whole period of one unchanged item the estimate is what the rating charges.
TEST(OverviewEstimate, IsTheChargeOfAnUnchangedItemInAWholePeriod) {
  EXPECT_TRUE(rc::check([](std::uint32_t used, std::uint16_t prepaid, std::uint16_t price, std::uint16_t overage_price,
                           std::uint8_t bundle, std::uint16_t granted) {
    core::Product product;
    product.key = product.name = product.part_number = "p";
    product.grouping = "resource";
    product.fair_use = {{std::nullopt, std::nullopt, thousandths(granted)}};
    core::ContractItem item;
    item.product = "p";
    item.prepay_quantity = thousandths(prepaid);
    item.prepay_price = thousandths(price);
    item.overage_price = thousandths(overage_price);
    item.bundle_quantity = core::Decimal::from_integer(bundle);
    core::Contract contract;
    contract.currency = "USD";
    contract.effective = core::parse_date("2026-01-01").value();
    contract.end = core::parse_date("2027-01-01").value();
    contract.items = {item};
    const auto period = core::billing_period_containing(contract, core::parse_date("2026-03-10").value()).value();
    const core::ProductQuantity usage{&product, thousandths(used)};
    const auto rated = core::rate(contract, period, std::span(&product, 1), std::span(&usage, 1)).value();

    std::vector<wire::SubscriptionOverviewUsage> lines;
    for (const core::RatedLine& line : rated.lines) {
      wire::SubscriptionOverviewUsage& shown = lines.emplace_back();
      const bool is_fair_use = line.kind == core::RatedLine::Kind::fair_use;
      shown.part_number = "p";
      shown.grouping = is_fair_use ? "fair-use" : "resource";
      shown.usage_quantity = line.usage_quantity.to_string();
      shown.prepay_quantity = line.prepay_quantity.to_string();
      if (line.bundle_quantity) shown.bundle_quantity = line.bundle_quantity->to_string();
      if (line.prepay_price) shown.prepay_price = line.prepay_price->to_string();
      if (line.overage_price) shown.overage_price = line.overage_price->to_string();
    }
    const auto estimates = estimate_lines(overview_of(lines));
    RC_ASSERT(estimates.front().overage == rated.lines.front().overage_quantity);
    RC_ASSERT(estimates.front().amount == rated.lines.front().charge);
  }));
}

TEST(Difference, IsExactAndInPerCentOfTheSecond) {
  struct Compared {
    std::string first, second;
    int digits;
    std::string absolute, percent;
  };
  const Compared rows[] = {
      {"110", "100", 0, "+10", "+10.0%"},
      {"90", "100", 0, "-10", "-10.0%"},
      {"100.0", "100", 0, "0", "0.0%"},
      {"0", "3", 2, "-3.00", "-100.0%"},
      {"3", "0", 2, "+3.00", "-"},
      {"0", "0", 2, "0.00", "-"},
      {"0.3", "0.1", 0, "+0.2", "+200.0%"},
      {"1.0005", "1", 0, "+0.0005", "+0.1%"},  // 0.05 % is half of a tenth
      {"1.000499999", "1", 0, "+0.000499999", "0.0%"},
      {"-", "1", 0, "-", "-"},
      {"1", "1e3", 0, "-", "-"},
      {"-1", "-2", 0, "+1", "+50.0%"},
  };
  for (const Compared& row : rows) {
    const Difference difference = difference_of(row.first, row.second, row.digits);
    EXPECT_EQ(difference.absolute, row.absolute) << row.first << " - " << row.second;
    EXPECT_EQ(difference.percent, row.percent) << row.first << " - " << row.second;
  }
}

}  // namespace
}  // namespace tallystick::cli
