#include "app/closing.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/billing_fixture.hpp"
#include "app/frozen_text.hpp"

namespace tallystick::app {
namespace {

using test::at;
using test::bank;
using test::day;
using test::Lines;
using test::partner;

const core::Uuid partners_contract = test::uuid("55555555-5555-4555-8555-555555555555");

class ClosingTest : public test::BillingTest {
 protected:
  /// The bank's contract as though it was first applied at a time, with 72 hours of grace.
  void apply_anew(std::string_view applied_at) {
    const auto contracts = current_->get()->contracts_of(bank);
    const std::vector<core::Contract> again(contracts.begin(), contracts.end());
    remove({test::contract_id});
    apply({.contracts = again, .settings = {.close_grace_hours = 72}}, applied_at);
  }
  Lines due_at(std::string_view now) {
    set_clock(now);
    return text_of(close_due());
  }
};

// The table in docs/domain.md, "Closing": a millisecond decides.
TEST_F(ClosingTest, APeriodClosesByItselfAfterItsGraceTime) {
  apply_anew("2026-01-01T00:00:00Z");
  EXPECT_EQ(due_at("2026-01-31T23:59:59.999Z"), Lines{});
  EXPECT_EQ(due_at("2026-02-03T23:59:59.999Z"), Lines{});
  EXPECT_EQ(due_at("2026-02-04T00:00:00Z"), Lines{"2026-01-01"});
  EXPECT_EQ(due_at("2026-02-04T00:00:00Z"), Lines{}) << "once";
  EXPECT_EQ(due_at("2026-03-03T23:59:59.999Z"), Lines{});
  EXPECT_EQ(due_at("2026-03-04T00:00:00Z"), Lines{"2026-02-01"});
}

TEST_F(ClosingTest, TheHistoryBehindANewContractHasItsGraceTimeToo) {
  apply_anew("2026-03-10T08:00:00Z");
  EXPECT_EQ(due_at("2026-03-13T07:59:59.999Z"), Lines{});
  EXPECT_EQ(due_at("2026-03-13T08:00:00Z"), (Lines{"2026-01-01", "2026-02-01"}));
}

TEST_F(ClosingTest, AnOperatorClosesAtOnce) {
  apply_anew("2026-03-10T08:00:00Z");
  set_clock("2026-03-10T09:00:00Z");
  EXPECT_EQ(text_of(close()), (Lines{"2026-01-01", "2026-02-01"}));
  EXPECT_EQ(text_of(close()), Lines{});
  EXPECT_EQ(due_at("2026-03-13T08:00:00Z"), Lines{});
}

TEST_F(ClosingTest, ALongStopClosesEachPeriodOnceInTheOrderOfTime) {
  const core::Contract next = test::contract(bank, "2027-01-01", "2027-03-01", partners_contract);
  apply({.contracts = {next}}, "2025-12-01T00:00:00Z");
  const Lines closed = due_at("2030-01-01T00:00:00Z");
  ASSERT_EQ(closed.size(), 14U) << "twelve months, two of the second contract";
  EXPECT_TRUE(std::is_sorted(closed.begin(), closed.end()));
  EXPECT_EQ(closed.back(), "2027-02-01");
  EXPECT_EQ(due_at("2030-02-01T00:00:00Z"), Lines{});
}

TEST_F(ClosingTest, ADayBoundsWhatIsClosed) {
  set_clock("2026-04-10T00:00:00Z");
  EXPECT_EQ(text_of(close(day("2026-01-30"))), Lines{});
  EXPECT_EQ(text_of(close(day("2026-02-27"))), Lines{"2026-01-01"});
  EXPECT_EQ(text_of(close(day("2026-02-28"))), Lines{"2026-02-01"});
  EXPECT_EQ(text_of(close(day("2026-04-09"))), Lines{"2026-03-01"});
  for (const std::string_view today : {"2026-04-10", "2026-05-01", "9999-12-31"}) {
    const auto refused = close(day(today));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, core::ProblemKind::invalid);
    ASSERT_EQ(refused.error().faults.size(), 1U);
    EXPECT_EQ(refused.error().faults[0].pointer, "/through");
  }
}

TEST_F(ClosingTest, NobodyElsesPeriodsClose) {
  apply({.contracts = {test::contract(partner, "2026-01-01", "2027-01-01", partners_contract)}},
        "2025-12-01T00:00:00Z");
  set_clock("2026-02-01T00:00:00Z");
  EXPECT_EQ(text_of(close({}, partner)), Lines{"2026-01-01"});
  EXPECT_TRUE(store_.closed_periods(bank).value().empty());
  const auto unknown = close({}, test::stranger);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().kind, core::ProblemKind::not_found);
}

TEST_F(ClosingTest, ADiskThatFailsLeavesAllAsItWas) {
  use("requests", "5", "2026-01-10T00:00:00Z");
  set_clock("2026-02-01T00:00:00Z");
  store_.save_billing_door.error = test::disk_error();
  const auto failed = close_due();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, core::ProblemKind::storage_failed);
  EXPECT_TRUE(store_.closed_periods(bank).value().empty());
  EXPECT_TRUE(store_.invoices(bank).value().empty());
  EXPECT_EQ(store_.last_invoice_sequence(core::built_in_seller_key).value(), 0U);
  store_.save_billing_door.error.reset();
  EXPECT_EQ(text_of(close_due()), Lines{"2026-01-01"});
  EXPECT_EQ(store_.invoices(bank).value().at(0).entry.number, "000001");
}

TEST_F(ClosingTest, OneOrganizationsFailureDoesNotHinderAnother) {
  core::Contract broken = test::contract(partner, "2026-01-01", "2027-01-01", partners_contract);
  broken.currency = "QQQ";  // no currency: rating fails
  apply({.contracts = {broken}}, "2025-12-01T00:00:00Z");
  ASSERT_EQ(current_->get()->declared().organizations.front().id, partner) << "the broken one comes first";
  set_clock("2026-02-01T00:00:00Z");
  const auto failed = close_due();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, core::ProblemKind::internal);
  EXPECT_EQ(store_.closed_periods(bank).value().size(), 1U);
  EXPECT_TRUE(store_.closed_periods(partner).value().empty());
}

TEST_F(ClosingTest, WhatIsClosedIsFrozenWithItsDigest) {
  use("requests", "5", "2026-01-10T00:00:00Z");
  set_clock("2026-02-01T00:00:00Z");
  const auto closed = close();
  ASSERT_TRUE(closed);
  ASSERT_EQ(closed->closed.size(), 1U);
  const auto& outcome = closed->closed.front();
  const core::Contract contract = current_->get()->contracts_of(bank).front();
  EXPECT_EQ(outcome.contract, test::contract_id);
  EXPECT_EQ(outcome.period_id, core::billing_period_id(contract, outcome.period));
  EXPECT_EQ(outcome.invoice.id, invoice_id_of(contract, outcome.period));
  EXPECT_EQ(outcome.invoice.date, day("2026-01-31"));
  EXPECT_EQ(outcome.invoice.kind, store::InvoiceKind::period);
  EXPECT_EQ(outcome.invoice.amount, test::decimal("5"));

  const auto texts = store_.closed_period_texts(test::contract_id, day("2026-01-01")).value();
  ASSERT_TRUE(texts);
  EXPECT_EQ(texts->overview.json, "Blue Harbor Bank 2026-01-01; requests 5 = 5");
  EXPECT_EQ(texts->detail.json, "closed 2026-01-01; overage requests 2026-01-01 5");
  const auto invoice = store_.invoice_text(outcome.invoice.id).value();
  ASSERT_TRUE(invoice);
  EXPECT_EQ(invoice->json,
            "000001 of Operator to Blue Harbor Bank on 2026-01-31; overage requests 2026-01-01 5 API requests = 5");
  for (const store::FrozenText& text : {texts->overview, texts->detail, *invoice}) {
    EXPECT_EQ(text.sha256, sha256(text.json));
  }
  const auto period = store_.closed_periods(bank).value().at(0);
  EXPECT_EQ(period.contract, contract);
  EXPECT_EQ(period.end, day("2026-02-01"));
  EXPECT_EQ(period.closed_at, at("2026-02-01T00:00:00Z"));
  EXPECT_EQ(period.invoice, outcome.invoice.id);
  EXPECT_EQ(store_.product_book(period.products).value().value().products, current_->get()->declared().products);

  use("requests", "7", "2026-01-11T00:00:00Z");
  set_clock("2026-03-01T00:00:00Z");
  ASSERT_TRUE(close());
  EXPECT_EQ(store_.closed_period_texts(test::contract_id, day("2026-01-01")).value(), texts);
  EXPECT_EQ(store_.invoice_text(outcome.invoice.id).value(), invoice);
}

// SHA-256 of the empty text and of "abc", from FIPS 180-2.
TEST(FrozenText, HasItsDigest) {
  EXPECT_EQ(sha256("abc")[0], 0xba);
  EXPECT_EQ(sha256("abc")[31], 0xad);
  EXPECT_EQ(freeze("").sha256[0], 0xe3);
  EXPECT_EQ(freeze("").sha256[31], 0x55);
}

TEST_F(ClosingTest, TheWholePeriodCountsAndNothingBeyond) {
  use("requests", "1", "2026-01-31T23:59:59.999Z");
  use("requests", "2", "2026-02-01T00:00:00Z");
  set_clock("2026-02-01T00:00:00Z");
  ASSERT_TRUE(close());
  EXPECT_EQ(invoices(), Lines{"overage requests 2026-01-01 1 API requests = 1"});
}

// A price that changes between the working out and the writing: the bill is the one of the catalog in force.
TEST_F(ClosingTest, ACatalogThatChangesMeanwhileIsTheOneThatCounts) {
  use("requests", "5", "2026-01-10T00:00:00Z");
  set_clock("2026-02-01T00:00:00Z");
  int reads = 0;
  store_.usage_door.before = [&] {
    if (++reads > 1) return;
    core::Contract dearer = current_->get()->contracts_of(bank).front();
    dearer.items = {test::item("requests", "0", "", "3.00")};
    apply({.contracts = {dearer}}, "2026-02-01T00:00:00Z");
  };
  EXPECT_EQ(text_of(close()), Lines{"2026-01-01"});
  EXPECT_EQ(reads, 3) << "worked out twice, then read for what came late";
  EXPECT_EQ(invoices(), Lines{"overage requests 2026-01-01 15 API requests = 15"});
  EXPECT_EQ(store_.invoices(bank).value().at(0).entry.number, "000001");
}

TEST_F(ClosingTest, NumbersHaveNoGapsWithinASeller) {
  core::Seller northwind;
  northwind.key = "northwind";
  northwind.name = "Northwind Telephony";
  northwind.invoice_prefix = "NW-";
  core::Seller other = northwind;
  other.key = "other";
  other.invoice_prefix = "";
  core::Contract of_bank = current_->get()->contracts_of(bank).front();
  of_bank.invoices.seller = "northwind";
  core::Contract of_partner = test::contract(partner, "2026-01-01", "2026-03-01", partners_contract);
  of_partner.invoices.seller = "northwind";
  const core::Contract of_nobody =
      test::contract(partner, "2026-03-01", "2026-04-01", test::uuid("66666666-6666-4666-8666-666666666666"));
  apply({.contracts = {of_bank, of_partner, of_nobody}, .sellers = {northwind, other}}, "2025-12-01T00:00:00Z");
  set_clock("2026-04-01T00:00:00Z");
  ASSERT_TRUE(close({}, partner));
  ASSERT_TRUE(close());
  const auto numbers = [this](core::OrganizationId organization) {
    Lines lines;
    const auto stored = store_.invoices(organization).value();
    for (const auto& each : stored) lines.push_back(each.entry.number);
    return lines;
  };
  EXPECT_EQ(numbers(partner), (Lines{"NW-000001", "NW-000002", "000001"})) << "of two sellers none is the only one";
  EXPECT_EQ(numbers(bank), (Lines{"NW-000003", "NW-000004", "NW-000005"}));
}

}  // namespace
}  // namespace tallystick::app
