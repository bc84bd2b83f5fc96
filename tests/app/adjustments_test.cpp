#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "app/billing_fixture.hpp"

// docs/domain.md, "Adjustments". Requests cost 1.00 each where nothing else is said.
namespace tallystick::app {
namespace {

using core::MeteringKind;
using test::bank;
using test::day;
using test::decimal;
using test::Lines;

const core::Uuid second_id = test::uuid("44444444-4444-4444-8444-444444444444");

class AdjustmentsTest : public test::BillingTest {
 protected:
  void close_at(std::string_view now) {
    set_clock(now);
    const auto closed = close();
    ASSERT_TRUE(closed) << closed.error().message;
  }
  void void_event(const std::string& target) { store_events({test::void_of(target, "void of " + target)}); }
  /// The contract of 2026 with other terms.
  void change(const std::function<void(core::Contract&)>& how) {
    core::Contract contract = current_->get()->contracts_of(bank).front();
    how(contract);
    apply({.contracts = {contract}}, "2025-12-01T00:00:00Z");
  }
};

struct Late {
  std::string_view quantity;
  std::string_view next_invoice;
};
class AdjustmentTable : public AdjustmentsTest, public testing::WithParamInterface<Late> {};

// January closed with 1,000.005 requests: 1,000.005 is 1,000.01, and so are 1,000.006; 1,000.015 are 1,000.02.
TEST_P(AdjustmentTable, RoundingsAreOfChargesAndNotOfDifferences) {
  use("requests", "1000.005", "2026-01-10T00:00:00Z");
  close_at("2026-02-01T00:00:00Z");
  use("requests", GetParam().quantity, "2026-01-11T00:00:00Z");
  close_at("2026-03-01T00:00:00Z");
  EXPECT_EQ(invoices(), (Lines{"overage requests 2026-01-01 1000.01 API requests = 1000.01",
                               std::string(GetParam().next_invoice)}));
}
INSTANTIATE_TEST_SUITE_P(Of, AdjustmentTable,
                         testing::Values(Late{"0.001", "nothing"}, Late{"0.009", "nothing"},
                                         Late{"0.01", "adjustment requests 2026-01-01 0.01 API requests = 0.01"},
                                         Late{"10", "adjustment requests 2026-01-01 10 API requests = 10"}));

TEST_F(AdjustmentsTest, AVoidGivesMoneyBack) {
  use("requests", "990.005", "2026-01-10T00:00:00Z");
  use("requests", "10", "2026-01-11T00:00:00Z");
  close_at("2026-02-01T00:00:00Z");
  void_event("requests 2026-01-11T00:00:00Z");
  use("requests", "3", "2026-02-02T00:00:00Z");
  close_at("2026-03-01T00:00:00Z");
  EXPECT_EQ(invoices(), (Lines{"overage requests 2026-01-01 1000.01 API requests = 1000.01",
                               "overage requests 2026-02-01 3 API requests; "
                               "adjustment requests 2026-01-01 -10 API requests = -7"}));
}

TEST_F(AdjustmentsTest, AProductWhoseOnlyEventIsVoidedIsGivenBackWhole) {
  use("requests", "4", "2026-01-10T00:00:00Z");
  change([](core::Contract& contract) { contract.items.clear(); });
  core::Product requests = *current_->get()->product("requests");
  requests.list_price = {{"USD", decimal("2.00")}};
  apply({.products = {requests}}, "2025-12-01T00:00:00Z");
  close_at("2026-02-01T00:00:00Z");
  void_event("requests 2026-01-10T00:00:00Z");
  close_at("2026-03-01T00:00:00Z");
  EXPECT_EQ(invoices(), (Lines{"overage requests 2026-01-01 8 API requests = 8",
                               "adjustment requests 2026-01-01 -8 API requests = -8"}));
}

// Charges of 900 and the minimum of 1,000: 60 more are owed, and 60 less to the minimum.
TEST_F(AdjustmentsTest, TheMinimumsDifferenceIsAdjustedToo) {
  change([](core::Contract& contract) { contract.minimum_monthly_amount = decimal("1000.00"); });
  use("requests", "900", "2026-01-10T00:00:00Z");
  close_at("2026-02-01T00:00:00Z");
  use("requests", "60", "2026-01-11T00:00:00Z");
  use("requests", "2000", "2026-02-11T00:00:00Z");
  close_at("2026-03-01T00:00:00Z");
  EXPECT_EQ(invoices(), (Lines{"overage requests 2026-01-01 900 API requests; minimum - 2026-01-01 100 = 1000",
                               "overage requests 2026-02-01 2000 API requests; "
                               "adjustment requests 2026-01-01 60 API requests; adjustment - 2026-01-01 -60 = 2000"}));
}

TEST_F(AdjustmentsTest, SeveralClosingsBackEachIsBilledOnce) {
  use("requests", "1", "2026-01-10T00:00:00Z");
  close_at("2026-02-01T00:00:00Z");
  close_at("2026-03-01T00:00:00Z");
  use("requests", "20", "2026-02-10T00:00:00Z");
  use("requests", "10", "2026-01-11T00:00:00Z");
  close_at("2026-04-01T00:00:00Z");
  use("requests", "100", "2026-01-12T00:00:00Z");
  close_at("2026-05-01T00:00:00Z");
  close_at("2026-06-01T00:00:00Z");
  EXPECT_EQ(invoices(), (Lines{"overage requests 2026-01-01 1 API requests = 1", "nothing",
                               "adjustment requests 2026-01-01 10 API requests; "
                               "adjustment requests 2026-02-01 20 API requests = 30",
                               "adjustment requests 2026-01-01 100 API requests = 100", "nothing"}));
}

// List prices, grants, ranks: whatever changes later, a closed period keeps its own.
TEST_F(AdjustmentsTest, AClosedPeriodKeepsItsProducts) {
  change([](core::Contract& contract) { contract.items.clear(); });
  core::Product requests = *current_->get()->product("requests");
  requests.list_price = {{"USD", decimal("2.00")}};
  requests.fair_use = {{{}, {}, decimal("10")}};
  apply({.products = {requests}}, "2025-12-01T00:00:00Z");
  use("requests", "11", "2026-01-10T00:00:00Z");
  close_at("2026-02-01T00:00:00Z");
  requests.list_price = {{"USD", decimal("5.00")}};
  requests.fair_use = {};
  apply({.products = {requests}}, "2026-02-01T00:00:00Z");
  use("requests", "1", "2026-01-11T00:00:00Z");
  use("requests", "1", "2026-02-11T00:00:00Z");
  close_at("2026-03-01T00:00:00Z");
  EXPECT_EQ(invoices(), (Lines{"overage requests 2026-01-01 2 API requests = 2",
                               "overage requests 2026-02-01 5 API requests; "
                               "adjustment requests 2026-01-01 2 API requests = 7"}));
}

TEST_F(AdjustmentsTest, AProductThatCameLaterIsPricedAsWhenItWasFirstAdjusted) {
  close_at("2026-02-01T00:00:00Z");
  core::Product chats = test::product("chats", "Chats", MeteringKind::sum);
  chats.list_price = {{"USD", decimal("2.00")}};
  apply({.products = {chats}}, "2026-02-01T00:00:00Z");
  use("chats", "1", "2026-01-10T00:00:00Z");
  close_at("2026-03-01T00:00:00Z");
  chats.list_price = {{"USD", decimal("3.00")}};
  apply({.products = {chats}}, "2026-03-01T00:00:00Z");
  use("chats", "1", "2026-01-11T00:00:00Z");
  use("chats", "1", "2026-02-11T00:00:00Z");
  close_at("2026-04-01T00:00:00Z");
  EXPECT_EQ(invoices(), (Lines{"nothing", "adjustment chats 2026-01-01 2 Chats = 2",
                               "adjustment chats 2026-01-01 2 Chats; adjustment chats 2026-02-01 2 Chats = 4"}))
      << "February closed when the price was 2.00";
}

// Of a product without usage the kind may change; events that come then are counted by it, also in closed periods.
TEST_F(AdjustmentsTest, AProductThatMeansSomethingElseTodayCountsAsItDoesToday) {
  core::Product chats = test::product("chats", "Chats", MeteringKind::sum);
  chats.list_price = {{"USD", decimal("2.00")}};
  apply({.products = {chats}}, "2025-12-01T00:00:00Z");
  close_at("2026-02-01T00:00:00Z");
  chats.metering.kind = MeteringKind::duration;
  chats.metering.unit = core::MeteringUnit::minute;
  apply({.products = {chats}}, "2026-02-01T00:00:00Z");
  store_events({test::usage(
      {.id = "chat", .product = "chats", .time = "2026-01-10T00:00:00Z", .until = "2026-01-10T00:30:00Z"})});
  close_at("2026-03-01T00:00:00Z");
  EXPECT_EQ(invoices(), (Lines{"nothing", "adjustment chats 2026-01-01 60 Chats = 60"}));
}

// A token product that only its parts were used for, and that the catalog then lost.
TEST_F(AdjustmentsTest, AProductThatIsGoneIsStillNamed) {
  core::Product tokens = test::product("tokens", "Tokens", MeteringKind::sum);
  tokens.list_price = {{"USD", decimal("1.00")}};
  core::Product bots = test::product("bots", "Bots", MeteringKind::sum);
  bots.rolls_up = core::RollUp{"tokens", decimal("10")};
  apply({.products = {tokens, bots}}, "2025-12-01T00:00:00Z");
  use("bots", "20", "2026-01-10T00:00:00Z");
  close_at("2026-02-01T00:00:00Z");
  bots.rolls_up.reset();
  apply({.products = {bots}}, "2026-02-01T00:00:00Z");
  remove({}, {"tokens"});
  use("bots", "30", "2026-01-11T00:00:00Z");
  close_at("2026-03-01T00:00:00Z");
  EXPECT_EQ(invoices(), (Lines{"overage tokens 2026-01-01 2 Tokens = 2", "adjustment tokens 2026-01-01 3 Tokens = 3"}));
}

/// Dollars until the end of March, and from then on euros.
class AdjustmentsInTwoCurrencies : public AdjustmentsTest {
 protected:
  AdjustmentsInTwoCurrencies() {
    change([](core::Contract& contract) { contract.end = day("2026-04-01"); });
    core::Contract euros = current_->get()->contracts_of(bank).front();
    euros.id = second_id;
    euros.currency = "EUR";
    euros.effective = day("2026-04-01");
    euros.end = day("2027-01-01");
    apply({.contracts = {euros}}, "2025-12-01T00:00:00Z");
    close_at("2026-04-01T00:00:00Z");
    use("requests", "7", "2026-03-10T00:00:00Z");
  }
};

TEST_F(AdjustmentsInTwoCurrencies, TheOthersAreIssuedWhenTheOpenPeriodCloses) {
  use("requests", "3", "2026-04-10T00:00:00Z");
  set_clock("2026-05-01T00:00:00Z");
  EXPECT_EQ(text_of(close_due()), (Lines{"2026-04-01", "USD 7"}));
  const auto stored = store_.invoices(bank).value();
  ASSERT_EQ(stored.size(), 5U);
  const store::InvoiceEntry& alone = stored[4].entry;
  EXPECT_EQ(alone.kind, store::InvoiceKind::adjustments);
  EXPECT_EQ(alone.currency, "USD");
  EXPECT_EQ(alone.contract, test::contract_id);
  EXPECT_EQ(alone.date, day("2026-05-01")) << "the day of its issue";
  EXPECT_EQ(alone.number, "000005");
  EXPECT_EQ(alone.id, core::Uuid::from_name(test::contract_id, "adjustments/USD/2026-05-01/5"));
  EXPECT_EQ(invoices()[3], "overage requests 2026-04-01 3 API requests = 3");
  EXPECT_EQ(invoices()[4], "adjustment requests 2026-03-01 7 API requests = 7");
}

TEST_F(AdjustmentsInTwoCurrencies, AnOperatorIssuesThemAtOnce) {
  set_clock("2026-04-11T00:00:00Z");
  EXPECT_EQ(text_of(close_due()), Lines{});
  EXPECT_EQ(text_of(close()), Lines{"USD 7"});
  EXPECT_EQ(text_of(close()), Lines{});
  set_clock("2026-05-01T00:00:00Z");
  EXPECT_EQ(text_of(close_due()), Lines{"2026-04-01"});
}

// A contract that has not begun yet takes them when its first period closes.
TEST_F(AdjustmentsTest, ASuccessorAfterAGapTakesThem) {
  change([](core::Contract& contract) { contract.end = day("2026-02-01"); });
  core::Contract next = current_->get()->contracts_of(bank).front();
  next.id = second_id;
  next.effective = day("2026-06-01");
  next.end = day("2026-07-01");
  apply({.contracts = {next}}, "2025-12-01T00:00:00Z");
  close_at("2026-02-01T00:00:00Z");
  use("requests", "7", "2026-01-10T00:00:00Z");
  set_clock("2026-05-20T00:00:00Z");
  EXPECT_EQ(text_of(close()), Lines{});
  set_clock("2026-07-01T00:00:00Z");
  EXPECT_EQ(text_of(close_due()), Lines{"2026-06-01"});
  EXPECT_EQ(invoices().back(), "adjustment requests 2026-01-01 7 API requests = 7");
}

/// The contract ended with March; 72 hours of grace.
class AdjustmentsAfterTheLastContract : public AdjustmentsTest {
 protected:
  AdjustmentsAfterTheLastContract() {
    change([](core::Contract& contract) { contract.end = day("2026-04-01"); });
    apply({.settings = {.close_grace_hours = 72}}, "2025-12-01T00:00:00Z");
  }
  Lines due_at(std::string_view now) {
    set_clock(now);
    return text_of(close_due());
  }
};

TEST_F(AdjustmentsAfterTheLastContract, AreIssuedOnceAMonthAfterItsGraceTime) {
  EXPECT_EQ(due_at("2026-04-04T00:00:00Z"), (Lines{"2026-01-01", "2026-02-01", "2026-03-01"}));
  use("requests", "7", "2026-03-10T00:00:00Z");
  EXPECT_EQ(due_at("2026-04-10T00:00:00Z"), Lines{});
  EXPECT_EQ(due_at("2026-05-03T23:59:59.999Z"), Lines{});
  EXPECT_EQ(due_at("2026-05-04T00:00:00Z"), Lines{"USD 7"}) << "April's grace time is over";
  EXPECT_EQ(due_at("2026-05-04T00:00:00Z"), Lines{});
  use("requests", "5", "2026-03-11T00:00:00Z");
  EXPECT_EQ(due_at("2026-05-20T00:00:00Z"), Lines{});
  EXPECT_EQ(due_at("2026-06-04T00:00:00Z"), Lines{"USD 5"});
  EXPECT_EQ(due_at("2026-07-04T00:00:00Z"), Lines{}) << "nothing to adjust, no invoice";
}

TEST_F(AdjustmentsAfterTheLastContract, AreIssuedOnceAMonthAlsoByAServerThatStartsAnew) {
  ASSERT_EQ(due_at("2026-04-04T00:00:00Z").size(), 3U);
  use("requests", "7", "2026-03-10T00:00:00Z");
  ASSERT_EQ(due_at("2026-05-04T00:00:00Z"), Lines{"USD 7"});
  use("requests", "5", "2026-03-11T00:00:00Z");
  Closing after_a_restart(store_, writer_, *current_, texts_, clock_, worker_);
  test::Awaited<test::Outcome> looked;
  after_a_restart.close_due(looked.callback());
  EXPECT_EQ(text_of(looked.take()), Lines{});
}

TEST_F(AdjustmentsAfterTheLastContract, AnOperatorIssuesThemAtOnce) {
  ASSERT_EQ(due_at("2026-04-04T00:00:00Z").size(), 3U);
  use("requests", "7", "2026-03-10T00:00:00Z");
  set_clock("2026-04-11T00:00:00Z");
  EXPECT_EQ(text_of(close()), Lines{"USD 7"});
  EXPECT_EQ(text_of(close()), Lines{});
  EXPECT_EQ(store_.invoices(bank).value().back().entry.date, day("2026-04-11"));
}

}  // namespace
}  // namespace tallystick::app
