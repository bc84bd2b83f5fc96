#include "app/settlements.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/billing_fixture.hpp"

namespace tallystick::app {
namespace {

using core::ProblemKind;
using test::bank;
using test::day;
using test::decimal;
using test::Lines;
using Paid = Result<store::Payment, core::Problem>;
using Credited = Result<store::SettledInvoice, core::Problem>;

const core::Uuid unknown_invoice = test::uuid("77777777-7777-4777-8777-777777777777");

/// January is closed with an invoice of 100.00, February with one of nothing; it is 10 March.
class SettlementsTest : public test::BillingTest {
 protected:
  SettlementsTest() {
    use("requests", "100", "2026-01-10T00:00:00Z");
    set_clock("2026-03-10T12:00:00Z");
    const auto closed = close();
    january_ = closed.value().closed.at(0).invoice.id;
    february_ = closed.value().closed.at(1).invoice.id;
  }

  Paid pay(std::string key, std::string_view amount, std::optional<core::Day> date = {}, std::string reference = "") {
    return pay({january_, std::move(key), decimal(amount), date, std::move(reference)});
  }
  Paid pay(Settlements::PaymentRequest request) {
    test::Awaited<Paid> paid;
    settlements_.pay(std::move(request), paid.callback());
    return paid.take();
  }
  Credited credit(std::string key, std::string_view amount = "", std::string reason = "Outage") {
    Settlements::CreditRequest request{january_, std::move(key), {}, std::move(reason)};
    if (!amount.empty()) request.amount = decimal(amount);
    return credit(std::move(request));
  }
  Credited credit(Settlements::CreditRequest request) {
    test::Awaited<Credited> credited;
    settlements_.credit(std::move(request), credited.callback());
    return credited.take();
  }
  store::SettledInvoice january() { return store_.find_invoice(january_).value().value(); }

  // "not_found", or a kind and the places of its faults.
  template <class Answer>
  static std::string refusal(const Answer& answer) {
    if (answer) return "done";
    std::string text = answer.error().kind == ProblemKind::invalid     ? "invalid"
                       : answer.error().kind == ProblemKind::conflict  ? "conflict"
                       : answer.error().kind == ProblemKind::not_found ? "not_found"
                                                                       : "another";
    for (const core::Fault& fault : answer.error().faults) text += " " + fault.pointer;
    return text;
  }

  core::Uuid january_;
  core::Uuid february_;
  Settlements settlements_{store_, *current_, texts_, clock_, worker_};
};

TEST_F(SettlementsTest, PartsAddUpUntilTheInvoiceIsPaid) {
  EXPECT_EQ(amount_due(january()), decimal("100"));
  const auto first = pay("a", "60.00", day("2026-03-05"), "transfer 1");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->amount, decimal("60"));
  EXPECT_EQ(first->date, day("2026-03-05"));
  EXPECT_EQ(first->reference, "transfer 1");
  EXPECT_EQ(first->recorded_at, test::at("2026-03-10T12:00:00Z"));
  EXPECT_EQ(amount_due(january()), decimal("40"));
  EXPECT_FALSE(is_paid(january()));
  EXPECT_EQ(refusal(pay("b", "40.01")), "conflict /amount");
  const auto rest = pay("b", "40");
  ASSERT_TRUE(rest);
  EXPECT_EQ(rest->date, day("2026-03-10")) << "today, where nothing is said";
  EXPECT_TRUE(is_paid(january()));
  EXPECT_EQ(refusal(pay("c", "0.01")), "conflict /amount");
}

TEST_F(SettlementsTest, AKeyIsOnePayment) {
  const auto first = pay("a", "60.00", {}, "transfer 1");
  ASSERT_TRUE(first);
  set_clock("2026-03-11T00:00:00Z");
  const auto again = pay("a", "60", {}, "transfer 1");
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *first) << "as it was recorded, the day before";
  EXPECT_TRUE(pay("a", "60", day("2026-03-10"), "transfer 1"));
  EXPECT_EQ(refusal(pay("a", "61", {}, "transfer 1")), "conflict /idempotencyKey");
  EXPECT_EQ(refusal(pay("a", "60", day("2026-03-11"), "transfer 1")), "conflict /idempotencyKey");
  EXPECT_EQ(refusal(pay("a", "60", {}, "transfer 2")), "conflict /idempotencyKey");
  EXPECT_EQ(store_.payments(january_).value().size(), 1U);
  EXPECT_EQ(amount_due(january()), decimal("40"));
  ASSERT_TRUE(pay("b", "40"));
  EXPECT_TRUE(pay("a", "60", {}, "transfer 1")) << "also once nothing is due any more";
}

TEST_F(SettlementsTest, WhatIsNoPaymentIsRefused) {
  EXPECT_EQ(refusal(pay("", "1")), "invalid /idempotencyKey");
  EXPECT_EQ(refusal(pay(std::string(129, 'k'), "1")), "invalid /idempotencyKey");
  EXPECT_EQ(refusal(pay("k", "0")), "invalid /amount");
  EXPECT_EQ(refusal(pay("k", "-1")), "invalid /amount");
  EXPECT_EQ(refusal(pay("k", "1.001")), "invalid /amount") << "a dollar has cents";
  EXPECT_EQ(refusal(pay("k", "1", day("2026-03-11"))), "invalid /date");
  EXPECT_EQ(refusal(pay("k", "1", {}, std::string(257, 'r'))), "invalid /reference");
  EXPECT_EQ(refusal(pay("", "0", day("2026-03-11"))), "invalid /idempotencyKey /amount /date");
  EXPECT_EQ(refusal(pay({unknown_invoice, "k", decimal("1"), {}, ""})), "not_found");
  EXPECT_EQ(refusal(pay({february_, "k", decimal("0.01"), {}, ""})), "conflict /amount");
  EXPECT_TRUE(store_.payments(january_).value().empty());
  EXPECT_TRUE(pay(std::string(128, 'k'), "0.01", day("2026-03-10"), std::string(256, 'r')));
}

TEST_F(SettlementsTest, AnInvoiceOfNothingIsPaidAtOnce) {
  const auto february = store_.find_invoice(february_).value().value();
  EXPECT_TRUE(is_paid(february));
  EXPECT_EQ(amount_due(february), decimal("0"));
}

TEST_F(SettlementsTest, ACreditNoteTakesBackAPart) {
  ASSERT_TRUE(pay("a", "60"));
  const auto note = credit("c1", "15.50");
  ASSERT_TRUE(note);
  EXPECT_EQ(note->entry.kind, store::InvoiceKind::credit_note);
  EXPECT_EQ(note->entry.amount, decimal("-15.50"));
  EXPECT_EQ(note->entry.number, "000003") << "of the same series";
  EXPECT_EQ(note->entry.date, day("2026-03-10"));
  EXPECT_EQ(note->entry.credits, january_);
  EXPECT_EQ(note->entry.id, core::Uuid::from_name(january_, "creditnote/c1"));
  EXPECT_TRUE(note->entry.billed.empty()) << "a gift, not a correction of usage";
  EXPECT_TRUE(is_paid(*note));
  EXPECT_EQ(store_.invoice_text(note->entry.id).value().value().json,
            "000003 of Operator to Blue Harbor Bank on 2026-03-10 for 000001 (Outage); credit - 2026-01-01 -15.5 = "
            "-15.5");
  EXPECT_EQ(amount_due(january()), decimal("24.50"));
  EXPECT_EQ(refusal(pay("b", "24.51")), "conflict /amount");
  ASSERT_TRUE(pay("b", "24.50"));
  EXPECT_TRUE(is_paid(january()));
}

TEST_F(SettlementsTest, ACreditNoteTakesBackAllThatIsLeft) {
  ASSERT_TRUE(credit("c1", "15.50"));
  const auto rest = credit("c2");
  ASSERT_TRUE(rest);
  EXPECT_EQ(rest->entry.amount, decimal("-84.50"));
  EXPECT_TRUE(is_paid(january()));
  EXPECT_EQ(refusal(credit("c3")), "conflict /amount");
  EXPECT_EQ(refusal(credit("c3", "0.01")), "conflict /amount");
}

TEST_F(SettlementsTest, WhatWasPaidCanBeGivenBack) {
  ASSERT_TRUE(pay("a", "100"));
  EXPECT_EQ(refusal(credit("c1", "100.01")), "conflict /amount");
  EXPECT_TRUE(credit("c1", "100"));
  EXPECT_EQ(amount_due(january()), decimal("0")) << "never negative";
}

TEST_F(SettlementsTest, AKeyIsOneCreditNote) {
  const auto first = credit("c1", "15");
  ASSERT_TRUE(first);
  const auto again = credit("c1", "15");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->entry, first->entry);
  EXPECT_EQ(refusal(credit("c1", "16")), "conflict /idempotencyKey");
  EXPECT_EQ(refusal(credit("c1")), "conflict /idempotencyKey") << "all that is left is more than what the key gave";
  EXPECT_EQ(january().settlement.credited, decimal("15"));
  EXPECT_EQ(store_.last_invoice_sequence(core::built_in_seller_key).value(), 3U);
  const auto rest = credit("c2");
  ASSERT_TRUE(rest);
  EXPECT_EQ(credit("c2").value().entry, rest->entry);
  EXPECT_EQ(january().settlement.credited, january().entry.amount);
}

TEST_F(SettlementsTest, WhatIsNoCreditNoteIsRefused) {
  const auto note = credit("c1", "15");
  ASSERT_TRUE(note);
  EXPECT_EQ(refusal(credit("", "1")), "invalid /idempotencyKey");
  EXPECT_EQ(refusal(credit("k", "0")), "invalid /amount");
  EXPECT_EQ(refusal(credit("k", "0.001")), "invalid /amount");
  EXPECT_EQ(refusal(credit("k", "1", "")), "invalid /reason");
  EXPECT_EQ(refusal(credit("k", "1", std::string(1025, 'r'))), "invalid /reason");
  for (const char* reason : {"two\nlines", "a\x7f", "turned \u202e around", "apart \u2067 from"}) {
    EXPECT_EQ(refusal(credit("k", "1", reason)), "invalid /reason") << reason;
  }
  EXPECT_EQ(refusal(credit({unknown_invoice, "k", {}, "Outage"})), "not_found");
  EXPECT_EQ(refusal(credit({february_, "k", {}, "Outage"})), "conflict /amount") << "nothing was invoiced";
  EXPECT_EQ(refusal(credit({note->entry.id, "k", {}, "Outage"})), "conflict ");
  EXPECT_EQ(refusal(pay({note->entry.id, "k", decimal("1"), {}, ""})), "conflict ");
  EXPECT_EQ(january().settlement.credited, decimal("15"));
}

// What a credit note gave is not billed again, and the next invoice has the next number.
TEST_F(SettlementsTest, ACreditNoteIsNoUsage) {
  ASSERT_TRUE(credit("c1"));
  set_clock("2026-04-01T00:00:00Z");
  const auto closed = close();
  ASSERT_TRUE(closed);
  ASSERT_EQ(closed->closed.size(), 1U);
  EXPECT_EQ(closed->closed[0].invoice.number, "000004");
  EXPECT_EQ(closed->closed[0].invoice.amount, decimal("0"));
}

TEST_F(SettlementsTest, ADiskThatFailsRecordsNothing) {
  store_.save_billing_door.error = test::disk_error();
  EXPECT_EQ(pay("a", "1").error().kind, ProblemKind::storage_failed);
  EXPECT_EQ(credit("c", "1").error().kind, ProblemKind::storage_failed);
  store_.save_billing_door.error.reset();
  EXPECT_EQ(amount_due(january()), decimal("100"));
  EXPECT_EQ(credit("c", "1").value().entry.number, "000003");
}

}  // namespace
}  // namespace tallystick::app
