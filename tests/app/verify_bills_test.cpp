#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "app/frozen_text.hpp"
#include "app/lying_store.hpp"
#include "app/product_book.hpp"
#include "app/sample_catalog.hpp"
#include "app/verify_store.hpp"
#include "store/memory/memory_store.hpp"

namespace tallystick::app {
namespace {

using store::InvoiceKind;
using test::at;
using test::bank;
using test::day;
using test::decimal;
using test::LyingStore;
using test::uuid;

const core::Uuid january_invoice = uuid("00000000-0000-4000-8000-000000000001");
const core::Uuid february_invoice = uuid("00000000-0000-4000-8000-000000000002");
const core::Uuid note = uuid("00000000-0000-4000-8000-000000000003");
const std::string owner = "organization " + bank.to_string();
const std::string january = owner + ", contract " + test::contract_id.to_string() + ", period of 2026-01-01: ";
const std::string february = owner + ", contract " + test::contract_id.to_string() + ", period of 2026-02-01: ";
const std::string first = owner + ", invoice NW-000001: ";
const std::string second = owner + ", invoice NW-000002: ";
const std::string third = owner + ", invoice NW-000003: ";

core::BilledAmount billed(std::string_view start, std::string_view amount) {
  return {{test::contract_id, day(start), "sms"}, decimal(amount), {}};
}

store::Invoice invoice(core::Uuid id, std::uint64_t sequence, std::string_view date, std::string_view amount) {
  store::Invoice made;
  made.entry.id = id;
  made.entry.organization = bank;
  made.entry.contract = test::contract_id;
  made.entry.seller = "northwind";
  made.entry.sequence = sequence;
  made.entry.number = "NW-00000" + std::to_string(sequence);
  made.entry.date = day(date);
  made.entry.currency = "USD";
  made.entry.amount = decimal(amount);
  made.text = freeze("{\"amount\":\"" + std::string(amount) + "\"}");
  return made;
}

// January and February are closed; the second invoice takes 5.00 of January back; the first one was paid in two parts,
// but for what a credit note took back.
class VerifyBills : public testing::Test {
 protected:
  VerifyBills() {
    store::Billing billing;
    const store::ProductBook book = book_of({test::product("sms", "SMS", core::MeteringKind::sum)});
    billing.books = {book};
    const core::Contract contract = test::contract(bank, "2026-01-01", "2026-12-16");
    const auto close = [&](std::string_view start, std::string_view end, core::Uuid id) {
      billing.periods.push_back({{contract, day(start), day(end), at("2026-03-04T00:00:00Z"), book.digest, id},
                                 {freeze("{\"overview\":\"" + std::string(start) + "\"}"),
                                  freeze("{\"detail\":\"" + std::string(start) + "\"}")}});
    };
    close("2026-01-01", "2026-02-01", january_invoice);
    close("2026-02-01", "2026-03-01", february_invoice);
    billing.invoices = {invoice(january_invoice, 1, "2026-01-31", "100"),
                        invoice(february_invoice, 2, "2026-02-28", "45.25"), invoice(note, 3, "2026-03-10", "-30")};
    billing.invoices[0].entry.billed = {billed("2026-01-01", "99.99"), billed("2026-01-01", "0.01")};
    billing.invoices[1].entry.billed = {billed("2026-02-01", "50.25"), billed("2026-01-01", "-5")};
    billing.invoices[2].entry.kind = InvoiceKind::credit_note;
    billing.invoices[2].entry.credits = january_invoice;
    const auto saved = store_->save_billing(billing);
    EXPECT_TRUE(saved && *saved);
    pay("a", "20");
    pay("b", "50");
  }

  void pay(const std::string& key, std::string_view amount) {
    const auto paid = store_->save_payment(
        {january_invoice, key, decimal(amount), day("2026-03-11"), "", at("2026-03-11T10:00:00Z")});
    EXPECT_TRUE(paid && *paid);
  }

  [[nodiscard]] std::vector<std::string> found(LyingStore::Lies lies) const {
    std::vector<std::string> texts;
    const LyingStore lying(*store_, std::move(lies));
    for (const Finding& finding : verify_store(lying, [](std::uint64_t, std::uint64_t) {}).findings) {
      texts.push_back(to_string(finding));
    }
    return texts;
  }
  // What is found where one invoice, by its place in the series, is another.
  [[nodiscard]] std::vector<std::string> found_where(std::uint64_t sequence,
                                                     const std::function<void(store::SettledInvoice&)>& change) const {
    LyingStore::Lies lies;
    lies.invoices = [&](std::vector<store::SettledInvoice>& invoices) {
      for (store::SettledInvoice& each : invoices) {
        if (each.entry.sequence == sequence) return change(each);
      }
    };
    return found(lies);
  }
  [[nodiscard]] std::vector<std::string> found_where_last_period(
      const std::function<void(store::ClosedPeriod&)>& change) const {
    LyingStore::Lies lies;
    lies.closed_periods = [&](std::vector<store::ClosedPeriod>& periods) { change(periods.back()); };
    return found(lies);
  }

  using Texts = std::vector<std::string>;
  std::unique_ptr<store::Store> store_ = store::make_memory_store();
};

TEST_F(VerifyBills, FindsNothingInARightStore) {
  EXPECT_EQ(found({}), Texts{});
  const Verification verified = verify_store(*store_, [](std::uint64_t, std::uint64_t) {});
  EXPECT_EQ(verified.closed_periods, 2U);
  EXPECT_EQ(verified.invoices, 3U);
}

// "abc" and the digest that FIPS 180-4 gives for it.
TEST_F(VerifyBills, FindsTextsThatChanged) {
  constexpr std::string_view digest_of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  LyingStore::Lies lies;
  lies.invoice_text = [](const core::Uuid& id, std::optional<store::FrozenText>& text) {
    if (id == february_invoice) text->json = "abc";
  };
  auto texts = found(lies);
  ASSERT_EQ(texts.size(), 1U);
  EXPECT_TRUE(texts[0].starts_with(second + "SHA-256 of the text is " + std::string(digest_of_abc) + ", must be "))
      << texts[0];

  int calls = 0;
  lies = {};
  lies.closed_period_texts = [&](std::optional<store::ClosedPeriodTexts>& told) {
    if (++calls == 2) told->detail.json = "abc";
  };
  texts = found(lies);
  ASSERT_EQ(texts.size(), 1U);
  EXPECT_TRUE(texts[0].starts_with(february + "SHA-256 of the detail is " + std::string(digest_of_abc))) << texts[0];

  lies = {};
  lies.closed_period_texts = [&](std::optional<store::ClosedPeriodTexts>& told) { told->overview.json += ' '; };
  EXPECT_EQ(found(lies).size(), 2U);
}

TEST_F(VerifyBills, FindsTextsAndBooksThatAreMissing) {
  LyingStore::Lies lies;
  lies.invoice_text = [](const core::Uuid& id, std::optional<store::FrozenText>& text) {
    if (id == note) text.reset();
  };
  EXPECT_EQ(found(lies), Texts{third + "text is absent, must be there"});

  lies = {};
  int calls = 0;
  lies.closed_period_texts = [&](std::optional<store::ClosedPeriodTexts>& told) {
    if (++calls == 1) told.reset();
  };
  EXPECT_EQ(found(lies), Texts{january + "text is absent, must be there"});

  lies = {};
  lies.product_book = [](std::optional<store::ProductBook>& book) { book.reset(); };
  const auto texts = found(lies);
  ASSERT_EQ(texts.size(), 1U) << "both periods have the same book";
  EXPECT_TRUE(texts[0].starts_with(january + "book of products ")) << texts[0];
}

TEST_F(VerifyBills, FindsABookThatChanged) {
  LyingStore::Lies lies;
  lies.product_book = [](std::optional<store::ProductBook>& book) { book->products[0].name = "Text messages"; };
  const auto texts = found(lies);
  ASSERT_EQ(texts.size(), 1U);
  EXPECT_TRUE(texts[0].starts_with(january + "SHA-256 of the book of products is ")) << texts[0];
}

TEST_F(VerifyBills, FindsAmountsThatAreNotTheSumOfWhatTheyBill) {
  EXPECT_EQ(found_where(2, [](auto& changed) { changed.entry.amount = decimal("45.24"); }),
            Texts{second + "amount is 45.24, must be 45.25, what it bills"});
  EXPECT_EQ(found_where(2, [](auto& changed) { changed.entry.billed.pop_back(); }),
            Texts{second + "amount is 45.25, must be 50.25, what it bills"});
}

TEST_F(VerifyBills, FindsWrongSettlements) {
  EXPECT_EQ(found_where(1, [](auto& changed) { changed.settlement.paid = decimal("71"); }),
            Texts{first + "paid amount is 71, must be 70, its payments"});
  EXPECT_EQ(found_where(1, [](auto& changed) { changed.settlement.credited = decimal("0"); }),
            Texts{first + "credited amount is 0, must be 30, its credit notes"});
  LyingStore::Lies lies;
  lies.payments = [](const core::Uuid& id, std::vector<store::Payment>& payments) {
    if (id == january_invoice) payments.pop_back();
  };
  EXPECT_EQ(found(lies), Texts{first + "paid amount is 70, must be 20, its payments"});
}

TEST_F(VerifyBills, FindsCreditNotesThatAreNone) {
  EXPECT_EQ(found_where(3, [](auto& changed) { changed.entry.billed = {billed("2026-02-01", "1")}; }),
            Texts{third + "credit note is one that bills usage, must be one that bills nothing"});
  EXPECT_EQ(found_where(3, [](auto& changed) { changed.entry.credits = uuid("00000000-0000-4000-8000-000000000009"); }),
            (Texts{first + "credited amount is 30, must be 0, its credit notes",
                   third + "its invoice is absent, must be there"}));
}

TEST_F(VerifyBills, FindsMoreCreditThanWasInvoiced) {
  LyingStore::Lies lies;
  lies.invoices = [](std::vector<store::SettledInvoice>& invoices) {
    for (store::SettledInvoice& each : invoices) {
      if (each.entry.id == january_invoice) each.settlement.credited = decimal("100.01");
      if (each.entry.id == note) each.entry.amount = decimal("-100.01");
    }
  };
  EXPECT_EQ(found(lies), Texts{first + "sum of its credit notes is 100.01, must be at most its amount, 100"});
}

TEST_F(VerifyBills, FindsGapsAndRepeatsInTheNumbers) {
  const std::string series = "seller northwind: ";
  EXPECT_EQ(found_where(3, [](auto& changed) { changed.entry.sequence = 4; }),
            Texts{series + "place of invoice NW-000003 in the series is 4, must be 3"});
  EXPECT_EQ(found_where(3, [](auto& changed) { changed.entry.sequence = 2; }),
            Texts{series + "place of invoice NW-000003 in the series is 2, must be 3"});
  EXPECT_EQ(found_where(1, [](auto& changed) { changed.entry.sequence = 0; }),
            Texts{series + "place of invoice NW-000001 in the series is 0, must be 1"});
  EXPECT_EQ(found_where(3, [](auto& changed) { changed.entry.number = "NW-000002"; }),
            Texts{series + "number NW-000002 is that of several invoices, must be that of one"});
  LyingStore::Lies lies;
  lies.last_invoice_sequence = [](std::uint64_t& last) { last = 2; };
  EXPECT_EQ(found(lies), Texts{series + "last place in the series is 2, must be 3"});
  // The last invoice is gone: the series still knows of it.
  lies = {};
  lies.invoices = [](std::vector<store::SettledInvoice>& invoices) {
    std::erase_if(invoices, [](const auto& each) { return each.entry.id == note; });
  };
  EXPECT_EQ(found(lies), (Texts{first + "credited amount is 30, must be 0, its credit notes",
                                series + "last place in the series is 3, must be 2"}));
}

TEST_F(VerifyBills, FindsPeriodsThatDoNotFollowEachOther) {
  EXPECT_EQ(found_where_last_period([](auto& period) { period.end = day("2026-02-28"); }),
            (Texts{february + "end is 2026-02-28, must be 2026-03-01",
                   february + "invoice NW-000002 is dated 2026-02-28, in USD, must be an invoice of this period, dated "
                              "its last day, in USD"}));
  LyingStore::Lies lies;
  lies.closed_periods = [](std::vector<store::ClosedPeriod>& periods) { periods.erase(periods.begin()); };
  EXPECT_EQ(found(lies), (Texts{february + "start is 2026-02-01, must be 2026-01-01",
                                first + "number of closed periods that it is for is 0, must be 1",
                                first + "period of 2026-01-01 of contract " + test::contract_id.to_string() +
                                    ", which it bills, is open, must be closed",
                                first + "period of 2026-01-01 of contract " + test::contract_id.to_string() +
                                    ", which it bills, is open, must be closed",
                                second + "period of 2026-01-01 of contract " + test::contract_id.to_string() +
                                    ", which it bills, is open, must be closed"}));
}

TEST_F(VerifyBills, FindsContractsThatOverlap) {
  const core::Uuid other = uuid("44444444-4444-4444-8444-444444444444");
  EXPECT_EQ(found_where_last_period([&](auto& period) {
              period.contract = test::contract(bank, "2026-01-15", "2026-12-16", other);
              period.start = day("2026-01-15");
              period.end = day("2026-02-01");
            }).front(),
            owner + ", contract " + other.to_string() +
                ", period of 2026-01-15: start is 2026-01-15, must be after the period before it, which ends on "
                "2026-02-01");
}

TEST_F(VerifyBills, FindsPeriodsWithoutTheirInvoice) {
  const core::Uuid nowhere = uuid("00000000-0000-4000-8000-000000000009");
  EXPECT_EQ(found_where_last_period([&](auto& period) { period.invoice = nowhere; }),
            (Texts{february + "invoice " + nowhere.to_string() + " is absent, must be there",
                   second + "number of closed periods that it is for is 0, must be 1"}));
  EXPECT_EQ(found_where_last_period([&](auto& period) { period.invoice = january_invoice; }),
            (Texts{february + "invoice NW-000001 is dated 2026-01-31, in USD, must be an invoice of this period, dated "
                              "its last day, in USD",
                   first + "number of closed periods that it is for is 2, must be 1",
                   second + "number of closed periods that it is for is 0, must be 1"}));
}

}  // namespace
}  // namespace tallystick::app
