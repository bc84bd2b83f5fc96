#include "app/billing_questions.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "app/billing_fixture.hpp"
#include "app/settlements.hpp"

namespace tallystick::app {
namespace {

using core::ProblemKind;
using test::bank;
using test::day;
using test::decimal;
using test::Lines;
using test::partner;

const core::Uuid second_id = test::uuid("44444444-4444-4444-8444-444444444444");
const core::Uuid partners_id = test::uuid("55555555-5555-4555-8555-555555555555");

/// January and February are closed, with 5 and 7 requests; March is over and open, with 11; it is 10 April.
class BillingQuestionsTest : public test::BillingTest {
 protected:
  BillingQuestionsTest() {
    use("requests", "5", "2026-01-10T00:00:00Z");
    use("requests", "7", "2026-02-10T00:00:00Z");
    use("requests", "11", "2026-03-10T00:00:00Z");
    set_clock("2026-04-10T00:00:00Z");
    EXPECT_TRUE(close(day("2026-02-28")));
  }

  template <class Value, class Ask>
  Result<Value, core::Problem> answer(const Ask& ask) {
    test::Awaited<Result<Value, core::Problem>> awaited;
    ask(awaited.callback());
    return awaited.take();
  }
  auto overview(std::uint64_t index, core::OrganizationId organization = bank) {
    return answer<OverviewAnswer>([&](auto take) { questions_.ask_overview(organization, index, take); });
  }
  auto contracts(ContractFilter filter = {}, Cursor cursor = {}, core::OrganizationId organization = bank) {
    return answer<Page<ContractView>>([&](auto take) { questions_.ask_contracts(organization, filter, cursor, take); });
  }
  auto period(core::Uuid contract, core::Uuid id, core::OrganizationId organization = bank) {
    return answer<PeriodAnswer>([&](auto take) { questions_.ask_period(organization, contract, id, take); });
  }
  auto issued(InvoiceFilter filter = {}, Cursor cursor = {}, core::OrganizationId organization = bank) {
    return answer<Page<IssuedInvoice>>([&](auto take) { questions_.ask_invoices(organization, filter, cursor, take); });
  }
  auto drafts(core::OrganizationId organization = bank) {
    return answer<std::vector<DraftInvoice>>([&](auto take) { questions_.ask_drafts(organization, take); });
  }
  auto any_kind(core::Uuid invoice, core::OrganizationId organization = bank) {
    return answer<AnyInvoice>([&](auto take) { questions_.ask_any_kind_of_invoice(organization, invoice, take); });
  }

  core::Uuid period_id(std::string_view start) {
    const core::Contract& contract = current_->get()->contracts_of(bank).front();
    return core::billing_period_id(contract, *core::billing_period_containing(contract, day(start)));
  }
  core::Uuid invoice_id(std::string_view start) {
    const core::Contract& contract = current_->get()->contracts_of(bank).front();
    return invoice_id_of(contract, *core::billing_period_containing(contract, day(start)));
  }
  static Lines numbers(const Result<Page<ContractView>, core::Problem>& page) {
    Lines lines;
    for (const ContractView& each : page.value().entities) lines.push_back(each.contract.number);
    return lines;
  }
  static Lines dates(const Result<Page<IssuedInvoice>, core::Problem>& page) {
    Lines lines;
    for (const IssuedInvoice& each : page.value().entities) lines.push_back(core::to_string(each.invoice.entry.date));
    return lines;
  }
  static Lines lines_of(const PeriodBill& bill) {
    Lines lines;
    for (const core::InvoiceLine& line : bill.lines) lines.push_back(test::text_of(line));
    return lines;
  }
  template <class Answer>
  static void expect_not_found(const Answer& answer) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ProblemKind::not_found);
  }

  UsageQuestions threads_{store_, *current_, clock_, {2, 100}};
  BillingQuestions questions_{store_, *current_, clock_, threads_};
};

TEST_F(BillingQuestionsTest, AClosedOverviewIsTheFrozenOne) {
  use("requests", "100", "2026-02-11T00:00:00Z");
  const auto february = overview(2);
  ASSERT_TRUE(february);
  ASSERT_TRUE(std::holds_alternative<ClosedOverview>(*february));
  EXPECT_EQ(std::get<ClosedOverview>(*february).text.json, "Blue Harbor Bank 2026-02-01; requests 7 = 7");
  const auto march = overview(1);
  ASSERT_TRUE(march);
  ASSERT_TRUE(std::holds_alternative<BillingOverview>(*march)) << "it is over, but not closed";
  EXPECT_EQ(std::get<BillingOverview>(*march).rated.lines.at(0).charge, decimal("11"));
  expect_not_found(overview(4));
  expect_not_found(overview(std::numeric_limits<std::uint64_t>::max()));
  expect_not_found(overview(0, partner));
  expect_not_found(overview(0, test::stranger));
}

TEST_F(BillingQuestionsTest, AContractHasThePeriodsThatHaveBegun) {
  const auto view = answer<ContractView>([&](auto take) { questions_.ask_contract(bank, test::contract_id, take); });
  ASSERT_TRUE(view);
  EXPECT_EQ(view->organization_name, "Blue Harbor Bank");
  EXPECT_TRUE(view->is_active);
  EXPECT_EQ(view->charged_through, day("2026-03-01"));
  Lines periods;
  for (const auto& each : view->periods) {
    periods.push_back(core::to_string(each.period.start) + (each.is_closed ? " closed" : " open"));
  }
  EXPECT_EQ(periods, (Lines{"2026-01-01 closed", "2026-02-01 closed", "2026-03-01 open", "2026-04-01 open"}));
  expect_not_found(answer<ContractView>([&](auto take) { questions_.ask_contract(partner, test::contract_id, take); }));
  expect_not_found(answer<ContractView>([&](auto take) { questions_.ask_contract(bank, partners_id, take); }));
}

TEST_F(BillingQuestionsTest, ContractsAreFilteredAndPaged) {
  core::Contract next = test::contract(bank, "2027-01-01", "2028-01-01", second_id);
  next.number = "next";
  core::Contract before = test::contract(bank, "2025-01-01", "2025-07-01", partners_id);
  before.number = "before";
  apply({.contracts = {before, next}}, "2025-12-01T00:00:00Z");
  const std::string now = "00041822";
  EXPECT_EQ(numbers(contracts()), (Lines{"next", now, "before"})) << "newest first";
  EXPECT_EQ(numbers(contracts({.is_active = true})), Lines{now});
  EXPECT_EQ(numbers(contracts({.is_active = false})), (Lines{"next", "before"}));
  EXPECT_EQ(numbers(contracts({.number = "before"})), Lines{"before"});
  EXPECT_EQ(numbers(contracts({.from = day("2025-06-30"), .through = day("2026-01-01")})), (Lines{now, "before"}));
  EXPECT_EQ(numbers(contracts({.from = day("2025-07-01"), .through = day("2025-12-31")})), Lines{});
  EXPECT_EQ(numbers(contracts({.from = day("2026-12-31")})), (Lines{"next", now}));
  EXPECT_EQ(numbers(contracts({}, {}, partner)), Lines{});

  const auto first = contracts({}, {.size = 2});
  EXPECT_EQ(numbers(first), (Lines{"next", now}));
  EXPECT_TRUE(first->has_next && !first->has_previous);
  const auto second = contracts({}, {.after = first->keys.back(), .size = 2});
  EXPECT_EQ(numbers(second), Lines{"before"});
  EXPECT_TRUE(!second->has_next && second->has_previous);
}

TEST_F(BillingQuestionsTest, APeriodIsFrozenOrAsItStandsNow) {
  const auto closed = period(test::contract_id, period_id("2026-02-01"));
  ASSERT_TRUE(closed);
  ASSERT_TRUE(std::holds_alternative<store::FrozenText>(*closed));
  EXPECT_EQ(std::get<store::FrozenText>(*closed).json, "closed 2026-02-01; overage requests 2026-02-01 7");

  use("requests", "2", "2026-01-11T00:00:00Z");
  use("requests", "3", "2026-04-09T00:00:00Z");
  use("requests", "4", "2026-04-10T00:00:00.001Z");
  const auto march = period(test::contract_id, period_id("2026-03-01"));
  ASSERT_TRUE(march);
  EXPECT_EQ(lines_of(std::get<PeriodBill>(*march)),
            (Lines{"overage requests 2026-03-01 11", "adjustment requests 2026-01-01 2"}))
      << "the earliest open period has what came late";
  const auto april = period(test::contract_id, period_id("2026-04-01"));
  ASSERT_TRUE(april);
  EXPECT_EQ(lines_of(std::get<PeriodBill>(*april)), Lines{"overage requests 2026-04-01 3"}) << "until now";

  expect_not_found(period(test::contract_id, period_id("2026-05-01")));
  expect_not_found(period(test::contract_id, second_id));
  expect_not_found(period(second_id, period_id("2026-02-01")));
  expect_not_found(period(test::contract_id, period_id("2026-02-01"), partner));
}

TEST_F(BillingQuestionsTest, InvoicesAreFilteredAndPagedNewestFirst) {
  ASSERT_TRUE(close());
  EXPECT_EQ(dates(issued()), (Lines{"2026-03-31", "2026-02-28", "2026-01-31"}));
  EXPECT_EQ(dates(issued({.from = day("2026-02-28")})), (Lines{"2026-03-31", "2026-02-28"}));
  EXPECT_EQ(dates(issued({.from = day("2026-02-01"), .through = day("2026-02-28")})), Lines{"2026-02-28"});
  EXPECT_EQ(dates(issued({}, {}, partner)), Lines{});

  Settlements settlements(store_, *current_, texts_, clock_, worker_);
  test::Awaited<Result<store::Payment, core::Problem>> paid;
  settlements.pay({invoice_id("2026-02-01"), "key", decimal("7"), {}, ""}, paid.callback());
  ASSERT_TRUE(paid.take());
  EXPECT_EQ(dates(issued({.is_paid = true})), Lines{"2026-02-28"});
  EXPECT_EQ(dates(issued({.is_paid = false})), (Lines{"2026-03-31", "2026-01-31"}));
  const auto payments = answer<std::vector<store::Payment>>(
      [&](auto take) { questions_.ask_payments(bank, invoice_id("2026-02-01"), take); });
  ASSERT_TRUE(payments);
  EXPECT_EQ(payments->size(), 1U);
  expect_not_found(answer<std::vector<store::Payment>>(
      [&](auto take) { questions_.ask_payments(partner, invoice_id("2026-02-01"), take); }));

  const auto first = issued({}, {.size = 1});
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->has_next && !first->has_previous);
  set_clock("2026-05-01T00:00:00Z");
  ASSERT_TRUE(close()) << "one more, in front of the first page";
  const auto second = issued({}, {.after = first->keys.back(), .size = 1});
  EXPECT_EQ(dates(second), Lines{"2026-02-28"});
  EXPECT_TRUE(second->has_next && second->has_previous);
  const auto before = issued({}, {.before = second->keys.front(), .size = 5});
  EXPECT_EQ(dates(before), (Lines{"2026-04-30", "2026-03-31"}));
  EXPECT_TRUE(before->has_next && !before->has_previous);
}

TEST_F(BillingQuestionsTest, OfOneDayTheLastIssuedComesFirst) {
  Settlements settlements(store_, *current_, texts_, clock_, worker_);
  for (const char* key : {"a", "b", "c", "d"}) {
    test::Awaited<Result<store::SettledInvoice, core::Problem>> credited;
    settlements.credit({invoice_id("2026-02-01"), key, decimal("1"), "Outage"}, credited.callback());
    ASSERT_TRUE(credited.take());
  }
  const auto page = issued({.from = day("2026-04-10")});
  ASSERT_TRUE(page);
  std::vector<std::uint64_t> sequences;
  for (const IssuedInvoice& each : page->entities) sequences.push_back(each.invoice.entry.sequence);
  EXPECT_EQ(sequences, (std::vector<std::uint64_t>{6, 5, 4, 3}));
}

TEST_F(BillingQuestionsTest, AnInvoiceIsItsOwnersAlone) {
  const core::Uuid id = invoice_id("2026-01-01");
  const auto own = answer<IssuedInvoice>([&](auto take) { questions_.ask_invoice(bank, id, take); });
  ASSERT_TRUE(own);
  EXPECT_EQ(own->invoice.entry.number, "000001");
  EXPECT_EQ(own->text, store_.invoice_text(id).value());
  expect_not_found(answer<IssuedInvoice>([&](auto take) { questions_.ask_invoice(partner, id, take); }));
  expect_not_found(answer<IssuedInvoice>([&](auto take) { questions_.ask_invoice(bank, second_id, take); }));
  EXPECT_TRUE(answer<IssuedInvoice>([&](auto take) { questions_.ask_any_invoice(id, take); }));
  expect_not_found(answer<IssuedInvoice>([&](auto take) { questions_.ask_any_invoice(second_id, take); }));
}

TEST_F(BillingQuestionsTest, DraftsAreTheOpenPeriodsThatHaveBegun) {
  use("requests", "2", "2026-01-11T00:00:00Z");
  use("requests", "3", "2026-04-09T00:00:00Z");
  const auto open = drafts();
  ASSERT_TRUE(open);
  ASSERT_EQ(open->size(), 2U);
  EXPECT_EQ(lines_of((*open)[0].bill), Lines{"overage requests 2026-04-01 3"}) << "newest first";
  EXPECT_EQ(lines_of((*open)[1].bill), (Lines{"overage requests 2026-03-01 11", "adjustment requests 2026-01-01 2"}));
  EXPECT_EQ((*open)[1].bill.amount, decimal("13"));
  EXPECT_FALSE((*open)[1].bill.is_closed);
  EXPECT_TRUE(drafts(partner).value().empty());
}

TEST_F(BillingQuestionsTest, ADraftBecomesTheInvoiceOfItsId) {
  const core::Uuid march = invoice_id("2026-03-01");
  const auto before = any_kind(march);
  ASSERT_TRUE(before);
  ASSERT_TRUE(std::holds_alternative<DraftInvoice>(*before));
  EXPECT_EQ(std::get<DraftInvoice>(*before).bill.invoice_id, march);
  expect_not_found(any_kind(march, partner));
  expect_not_found(any_kind(invoice_id("2026-05-01")));
  ASSERT_TRUE(close());
  const auto after = any_kind(march);
  ASSERT_TRUE(after);
  ASSERT_TRUE(std::holds_alternative<IssuedInvoice>(*after));
  EXPECT_EQ(std::get<IssuedInvoice>(*after).invoice.entry.amount, std::get<DraftInvoice>(*before).bill.amount);
}

TEST_F(BillingQuestionsTest, AdjustmentsInAnotherCurrencyAreInNoDraft) {
  core::Contract dollars = current_->get()->contracts_of(bank).front();
  dollars.end = day("2026-03-01");
  core::Contract euros = dollars;
  euros.id = second_id;
  euros.currency = "EUR";
  euros.effective = day("2026-03-01");
  euros.end = day("2027-01-01");
  apply({.contracts = {dollars, euros}}, "2025-12-01T00:00:00Z");
  use("requests", "2", "2026-01-11T00:00:00Z");
  const auto open = drafts();
  ASSERT_TRUE(open);
  ASSERT_EQ(open->size(), 2U);
  EXPECT_EQ(lines_of((*open)[1].bill), Lines{"overage requests 2026-03-01 11"});
}

TEST_F(BillingQuestionsTest, ADiskThatFailsIsAnAnswer) {
  store_.read_billing_door.error = test::disk_error();
  const auto failed = [](const auto& answer) { return !answer && answer.error().kind == ProblemKind::storage_failed; };
  EXPECT_TRUE(failed(overview(2)));
  EXPECT_TRUE(failed(contracts()));
  EXPECT_TRUE(failed(period(test::contract_id, period_id("2026-02-01"))));
  EXPECT_TRUE(failed(issued()));
  EXPECT_TRUE(failed(drafts()));
  EXPECT_TRUE(failed(any_kind(invoice_id("2026-02-01"))));
}

}  // namespace
}  // namespace tallystick::app
