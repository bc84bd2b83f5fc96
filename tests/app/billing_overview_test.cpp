#include "app/billing_overview.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "app/service_fixture.hpp"

namespace tallystick::app {
namespace {

using core::MeteringKind;
using test::at;
using test::day;
using test::decimal;
using test::item;
using test::product;
using Lines = std::vector<std::string>;

// The catalog of the documentation, with the meterings that this version has, and its contract for 2026.
core::Catalog documented_catalog() {
  core::Catalog catalog = test::sample_catalog();
  core::Product seats = product("cx-3-named", "Genesys Cloud CX 3", MeteringKind::unique);
  seats.short_name = "GenesysCloudCX3";
  seats.grouping = "user-license";
  core::Product requests = product("api-requests", "API requests", MeteringKind::sum);
  requests.fair_use = {{"cx-3-named", decimal("140000"), {}}, {{}, {}, decimal("10000")}};
  core::Product bot = product("voice-bot-minutes", "Voice bot minutes", MeteringKind::sum);
  bot.grouping = "rollup-usage";
  bot.rolls_up = core::RollUp{"ai-tokens", decimal("17")};
  core::Product tokens = product("ai-tokens", "Genesys Cloud AI Experience tokens", MeteringKind::sum);
  tokens.grouping = "rollup";
  tokens.list_price = {{"USD", decimal("1.00")}};
  tokens.fair_use = {{{}, {}, decimal("250")}};
  catalog.products = {seats, product("voice-minutes", "Voice minutes", MeteringKind::sum), requests, bot, tokens};

  core::Contract contract = test::contract(test::bank, "2026-01-01", "2027-01-01");
  contract.ramp = core::Ramp{day("2026-01-01"), day("2026-02-01")};
  contract.minimum_monthly_amount = decimal("10000.00");
  contract.items = {item("cx-3-named", "80", "140.00", "160.00"), item("voice-minutes", "1000", "0.25", "0.25"),
                    item("api-requests", "0", "", "")};
  contract.items[1].notes = "calls out";
  contract.items[2].overage_tiers = {{decimal("1000000"), decimal("0.0002")}, {{}, decimal("0.0001")}};
  contract.amendments = {{day("2026-05-16"), {item("cx-3-named", "100", "138.00", "160.00")}}};
  catalog.contracts = {contract};
  return catalog;
}

std::string text_of(const std::optional<core::Decimal>& number) {
  return number ? number->to_string() : "-";
}

// "name: used, prepay @ price, over @ price, bundle, overage = charge"
std::string text_of(const core::RatedLine& line) {
  std::string text = line.product->name;
  if (line.kind == core::RatedLine::Kind::fair_use) text += " (fair use)";
  if (line.kind == core::RatedLine::Kind::rollup_part) text += " (part)";
  return text + ": " + line.usage_quantity.to_string() + " used, " + line.prepay_quantity.to_string() + " @ " +
         text_of(line.prepay_price) + ", over @ " + text_of(line.overage_price) + ", bundle " +
         text_of(line.bundle_quantity) + ", " + line.overage_quantity.to_string() +
         " over = " + line.charge.to_string();
}

class BillingOverviewTest : public test::ServiceTest {
 protected:
  BillingOverviewTest() { put_in_force(documented_catalog()); }

  void put_in_force(core::Catalog catalog) {
    current_->replace(std::make_shared<const CatalogSnapshot>(std::move(catalog), test::operator_client()));
  }
  /// One event of each of `count` persons.
  void use_seats(int count, std::string_view time) {
    std::vector<core::Event> events;
    for (int i = 0; i < count; ++i) {
      events.push_back(test::usage({.id = std::string(time) + " " + std::to_string(i),
                                    .product = "cx-3-named",
                                    .resource = "person-" + std::to_string(i),
                                    .time = time}));
    }
    store_events(events);
  }
  void use(std::string product, std::string_view quantity, std::string_view time) {
    const std::string id = product + " " + std::string(time);
    store_events({test::usage({.id = id, .product = std::move(product), .time = time, .quantity = quantity})});
  }

  Result<BillingOverview, core::Problem> ask(std::uint64_t index, std::string_view now = "2026-06-15T12:00:00Z",
                                             core::OrganizationId organization = test::bank) {
    return billing_overview(store_, *current_, organization, index, at(now));
  }
  // [start, end) in days, or the problem.
  std::string period(std::uint64_t index, std::string_view now = "2026-06-15T12:00:00Z") {
    const auto made = ask(index, now);
    if (!made) return made.error().kind == core::ProblemKind::not_found ? "not found" : "another problem";
    return core::to_string(made->period.start) + " " + core::to_string(made->period.end) + " " +
           made->contract->currency;
  }
  static Lines lines_of(const BillingOverview& overview) {
    Lines lines;
    for (const auto& line : overview.rated.lines) lines.push_back(text_of(line));
    return lines;
  }
};

// May: 80 at 140.00 until the 15th, 100 at 138.00 from the 16th, 108 used, as in docs/domain.md: 13,821.94. The
// allowance of requests is 140,000 × 108 + 10,000; 510,000 of the overage lie in the second tier. 5,100 minutes of bots
// are 300 tokens.
TEST_F(BillingOverviewTest, TheDocumentedContractInItsMonthOfChange) {
  use_seats(108, "2026-05-20T09:00:00Z");
  use("voice-minutes", "1250", "2026-05-31T23:59:59.999Z");
  use("api-requests", "16640000", "2026-05-01T00:00:00Z");
  use("voice-bot-minutes", "5100", "2026-05-10T09:00:00Z");
  use("ai-tokens", "20", "2026-05-10T09:00:00Z");
  // In the periods before and after.
  use("voice-minutes", "5000", "2026-04-30T23:59:59.999Z");
  use("voice-minutes", "7000", "2026-06-01T00:00:00Z");

  const auto made = ask(1);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->organization, test::bank);
  EXPECT_EQ(made->organization_name, "Blue Harbor Bank");
  EXPECT_EQ(made->contract->id, test::contract_id);
  EXPECT_EQ(made->period.start, day("2026-05-01"));
  EXPECT_EQ(made->period.end, day("2026-06-01"));
  EXPECT_EQ(made->enabled_products, (Lines{"GenesysCloudCX3", "Voice minutes", "API requests"}));
  EXPECT_EQ(made->last_amendment, day("2026-05-16"));
  EXPECT_FALSE(made->rated.is_ramp);
  EXPECT_TRUE(made->rated.minimum_difference.is_zero());
  EXPECT_EQ(lines_of(*made),
            (Lines{
                "API requests: 16640000 used, 0 @ -, over @ 0.0002, bundle 1, 1510000 over = 251",
                "API requests (fair use): 15130000 used, 0 @ -, over @ -, bundle 15130000, 0 over = 0",
                "Genesys Cloud AI Experience tokens: 320 used, 0 @ -, over @ 1, bundle -, 70 over = 70",
                "Genesys Cloud AI Experience tokens (fair use): 250 used, 0 @ -, over @ -, bundle 250, 0 over = 0",
                "Genesys Cloud CX 3: 108 used, 100 @ 138, over @ 160, bundle 1, 8 over = 13821.94",
                "Voice bot minutes (part): 5100 used, 0 @ -, over @ -, bundle -, 0 over = 0",
                "Voice minutes: 1250 used, 1000 @ 0.25, over @ 0.25, bundle 1, 250 over = 312.5",
            }));
  EXPECT_EQ(made->rated.lines[0].usage_notes, "0-1000000 at 0.0002, above at 0.0001");
  EXPECT_EQ(made->rated.lines[6].usage_notes, "calls out");
}

TEST_F(BillingOverviewTest, LicencesOfTheRampCostNothing) {
  use_seats(90, "2026-01-20T09:00:00Z");
  const auto made = ask(5);
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->rated.is_ramp);
  EXPECT_TRUE(made->rated.minimum_difference.is_zero());
  EXPECT_EQ(made->last_amendment, std::nullopt);
  EXPECT_EQ(lines_of(*made), (Lines{
                                 "API requests: 0 used, 0 @ -, over @ 0.0002, bundle 1, 0 over = 0",
                                 "API requests (fair use): 0 used, 0 @ -, over @ -, bundle 12610000, 0 over = 0",
                                 "Genesys Cloud CX 3: 90 used, 80 @ 140, over @ 160, bundle 1, 10 over = 0",
                                 "Voice minutes: 0 used, 1000 @ 0.25, over @ 0.25, bundle 1, 0 over = 250",
                             }));
}

// 80 × 140.00 + 1,000 × 0.25 = 11,450.00 without any usage.
TEST_F(BillingOverviewTest, WhatIsMissingToTheMinimum) {
  EXPECT_TRUE(ask(4)->rated.minimum_difference.is_zero());
  core::Catalog catalog = documented_catalog();
  catalog.contracts[0].minimum_monthly_amount = decimal("12000.00");
  put_in_force(std::move(catalog));
  EXPECT_EQ(ask(4)->rated.minimum_difference, decimal("550"));
  EXPECT_TRUE(ask(5)->rated.minimum_difference.is_zero()) << "not in the ramp";
}

TEST_F(BillingOverviewTest, AnOpenPeriodCountsUntilNow) {
  use("voice-minutes", "1", "2026-06-15T11:59:59.999Z");
  use("voice-minutes", "2", "2026-06-15T12:00:00Z");
  use("voice-minutes", "4", "2026-06-15T12:00:00.001Z");
  const auto minutes = [this](std::string_view now) {
    return ask(0, now)->rated.lines.back().usage_quantity.to_string();
  };
  EXPECT_EQ(minutes("2026-06-15T11:59:59.998Z"), "0");
  EXPECT_EQ(minutes("2026-06-15T11:59:59.999Z"), "1");
  EXPECT_EQ(minutes("2026-06-15T12:00:00Z"), "3");
  EXPECT_EQ(minutes("2026-06-30T23:59:59.999Z"), "7");
}

TEST_F(BillingOverviewTest, TheIndexWalksBackToTheFirstPeriod) {
  const Lines starts{"2026-06-01", "2026-05-01", "2026-04-01", "2026-03-01", "2026-02-01", "2026-01-01"};
  for (std::size_t index = 0; index < starts.size(); ++index) {
    ASSERT_TRUE(ask(index));
    EXPECT_EQ(core::to_string(ask(index)->period.start), starts[index]);
  }
  EXPECT_EQ(period(6), "not found");
  EXPECT_EQ(period(std::numeric_limits<std::uint64_t>::max()), "not found");
  EXPECT_EQ(period(0, "2025-12-31T23:59:59.999Z"), "not found");
  EXPECT_EQ(period(0, "2026-01-01T00:00:00Z"), "2026-01-01 2026-02-01 USD");
  EXPECT_EQ(period(0, "2027-01-01T00:00:00Z"), "not found");
  EXPECT_EQ(period(1, "2027-01-01T00:00:00Z"), "2026-12-01 2027-01-01 USD");
}

// A predecessor in another currency from 21 October on, and a gap of half a month behind it.
TEST_F(BillingOverviewTest, APredecessorContinuesTheWalk) {
  core::Catalog catalog = documented_catalog();
  catalog.contracts.push_back(
      test::contract(test::bank, "2025-10-21", "2025-12-15", test::uuid("44444444-4444-4444-8444-444444444444")));
  catalog.contracts[1].billing_day.reset();
  catalog.contracts[1].currency = "EUR";
  put_in_force(std::move(catalog));
  EXPECT_EQ(period(5), "2026-01-01 2026-02-01 USD");
  EXPECT_EQ(period(6), "2025-11-21 2025-12-15 EUR");
  EXPECT_EQ(period(7), "2025-10-21 2025-11-21 EUR");
  EXPECT_EQ(period(8), "not found");
}

TEST_F(BillingOverviewTest, NothingToSeeIsOneProblem) {
  const core::Problem nothing = no_such_overview();
  for (const auto& made :
       {ask(6), ask(0, "2026-06-15T12:00:00Z", test::stranger), ask(0, "2026-06-15T12:00:00Z", test::partner),
        ask(0, "2026-06-15T12:00:00Z", core::operator_organization_id)}) {
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, core::ProblemKind::not_found);
    EXPECT_EQ(made.error().message, nothing.message);
    EXPECT_TRUE(made.error().faults.empty());
  }
  EXPECT_EQ(store_.usage_door.calls, 0);
}

TEST_F(BillingOverviewTest, AProductIsEnabledFromItsAmendmentOn) {
  core::Catalog catalog = documented_catalog();
  core::Contract& contract = catalog.contracts[0];
  contract.items = {item("voice-minutes", "0", "", "")};
  contract.amendments = {{day("2026-04-30"), {item("cx-3-named", "1", "1", "1"), item("voice-minutes", "1", "", "")}},
                         {day("2026-05-01"), {item("ai-tokens", "1", "", "")}},
                         {day("2026-05-31"), {item("api-requests", "1", "", ""), item("cx-3-named", "2", "1", "1")}}};
  put_in_force(std::move(catalog));
  EXPECT_EQ(ask(3)->enabled_products, Lines{"Voice minutes"});
  EXPECT_EQ(ask(3)->last_amendment, std::nullopt);
  EXPECT_EQ(ask(2)->enabled_products, (Lines{"Voice minutes", "GenesysCloudCX3"}));
  EXPECT_EQ(ask(2)->last_amendment, day("2026-04-30"));
  const Lines all{"Voice minutes", "GenesysCloudCX3", "Genesys Cloud AI Experience tokens", "API requests"};
  EXPECT_EQ(ask(1)->enabled_products, all);
  EXPECT_EQ(ask(1)->last_amendment, day("2026-05-31"));
  EXPECT_EQ(ask(0)->enabled_products, all);
  EXPECT_EQ(ask(0)->last_amendment, day("2026-05-31"));
}

TEST_F(BillingOverviewTest, UsageOfOthersAndVoidedUsageIsNotBilled) {
  store_events({test::usage({.id = "1", .product = "voice-minutes", .time = "2026-05-02T00:00:00Z", .quantity = "9"}),
                test::usage({.id = "2", .product = "voice-minutes", .time = "2026-05-02T00:00:00Z", .quantity = "30"}),
                test::usage({.id = "3",
                             .product = "voice-minutes",
                             .time = "2026-05-02T00:00:00Z",
                             .quantity = "500",
                             .organization = test::partner}),
                test::void_of("2", "4")});
  EXPECT_EQ(ask(1)->rated.lines.back().usage_quantity, decimal("9"));
}

// The catalog is taken after the usage: a product that comes just before both is billed.
TEST_F(BillingOverviewTest, AProductThatWasJustDeclaredIsBilled) {
  use("novelty", "3", "2026-05-02T00:00:00Z");
  store_.snapshot_door.before = [this] {
    core::Catalog catalog = documented_catalog();
    catalog.products.push_back(product("novelty", "Novelty", MeteringKind::sum));
    catalog.products.back().list_price = {{"EUR", decimal("9")}, {"USD", decimal("2.50")}};
    put_in_force(std::move(catalog));
  };
  const auto made = ask(1);
  ASSERT_TRUE(made);
  const Lines lines = lines_of(*made);
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[3], "Novelty: 3 used, 0 @ -, over @ 2.5, bundle -, 3 over = 7.5");
}

TEST_F(BillingOverviewTest, ItsProductsLiveAsLongAsIt) {
  const auto made = ask(1);
  ASSERT_TRUE(made);
  put_in_force(core::Catalog{});
  EXPECT_EQ(made->contract->number, "00041822");
  EXPECT_EQ(made->rated.lines.back().product->name, "Voice minutes");
}

TEST_F(BillingOverviewTest, FailuresAreProblems) {
  // A day's worth of the largest quantities: the sum fits, the amount does not.
  core::Catalog catalog = documented_catalog();
  catalog.contracts[0].items[1].overage_price = decimal("999999999999");
  put_in_force(std::move(catalog));
  use("voice-minutes", "999999999999999999", "2026-05-02T00:00:00Z");
  const auto too_large = ask(1);
  ASSERT_FALSE(too_large);
  EXPECT_EQ(too_large.error().kind, core::ProblemKind::internal);
  EXPECT_NE(too_large.error().message.find("contract 33333333-3333-4333-8333-333333333333"), std::string::npos);

  store_.usage_door.error = test::disk_error();
  const auto unreadable = ask(1);
  ASSERT_FALSE(unreadable);
  EXPECT_EQ(unreadable.error().kind, core::ProblemKind::storage_failed);
}

// Expected value by Python's uuid.uuid5(contract, "billingoverview/2026-05-01T00:00:00.000Z").
TEST(OverviewId, NamesContractAndPeriod) {
  core::Contract contract = test::contract(test::bank, "2026-01-01", "2027-01-01");
  const auto may = core::billing_period_containing(contract, day("2026-05-20")).value();
  const auto june = core::billing_period_containing(contract, day("2026-06-20")).value();
  EXPECT_EQ(overview_id(contract, may).to_string(), "8417a7ec-2c0d-53d3-9243-6e5531e10d9e");
  EXPECT_NE(overview_id(contract, june), overview_id(contract, may));
  contract.id = test::partner;
  EXPECT_NE(overview_id(contract, may).to_string(), "8417a7ec-2c0d-53d3-9243-6e5531e10d9e");
}

}  // namespace
}  // namespace tallystick::app
