#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "store/billed.hpp"
#include "store/conformance/conformance.hpp"

namespace tallystick::store::test {
namespace {

class BillingConformance : public Conformance {
 protected:
  void save(const Billing& billing) { ASSERT_TRUE(take(store().save_billing(billing))); }
  void save(const Invoice& invoice) {
    save(Billing{.periods = {}, .invoices = {invoice}, .books = {}, .extended_books = {}});
  }

  [[nodiscard]] std::vector<ClosedPeriod> periods(const core::OrganizationId& of = bank) {
    return take(store().closed_periods(of));
  }
  [[nodiscard]] std::vector<SettledInvoice> invoices(const core::OrganizationId& of = bank) {
    return take(store().invoices(of));
  }
  [[nodiscard]] Settlement settlement(std::uint64_t invoice) {
    return take(store().find_invoice(uuid(invoice))).value().settlement;
  }
};
INSTANTIATE_TEST_SUITE_P(All, BillingConformance, testing::ValuesIn(all_adapters()), name_of);

Billing billing(std::vector<Billing::Period> periods, std::vector<Invoice> invoices,
                std::vector<ProductBook> books = {}, std::vector<ExtendedBook> extended_books = {}) {
  return {.periods = std::move(periods),
          .invoices = std::move(invoices),
          .books = std::move(books),
          .extended_books = std::move(extended_books)};
}

std::vector<core::Day> starts_of(const std::vector<ClosedPeriod>& periods) {
  std::vector<core::Day> starts;
  for (const ClosedPeriod& period : periods) starts.push_back(period.start);
  return starts;
}
std::vector<core::Uuid> ids_of(const std::vector<SettledInvoice>& invoices) {
  std::vector<core::Uuid> ids;
  for (const SettledInvoice& invoice : invoices) ids.push_back(invoice.entry.id);
  return ids;
}

TEST_P(BillingConformance, ANewStoreHasNone) {
  EXPECT_TRUE(periods().empty());
  EXPECT_TRUE(invoices().empty());
  EXPECT_EQ(take(store().closed_period_texts(uuid(1), day("2026-03-01"))), std::nullopt);
  EXPECT_EQ(take(store().product_book(digest(1))), std::nullopt);
  EXPECT_EQ(take(store().find_invoice(uuid(1))), std::nullopt);
  EXPECT_EQ(take(store().invoice_text(uuid(1))), std::nullopt);
  EXPECT_EQ(take(store().last_invoice_sequence("northwind")), 0U);
  EXPECT_TRUE(take(store().payments(uuid(1))).empty());
  EXPECT_TRUE(take(store().billed_organizations()).empty());
  EXPECT_EQ(take(store().load_signing_key()), std::nullopt);
}

TEST_P(BillingConformance, EveryFieldOfOneStepComesBack) {
  const Billing::Period first = closed({.contract = 1});
  const Billing::Period second = closed({.contract = 2, .start = "1969-02-01"});
  const Invoice invoice = issued({.id = 7});
  save(billing({first, second}, {invoice}, {book(1)}));
  for (const bool is_reopened : {false, true}) {
    if (is_reopened) reopen();
    EXPECT_EQ(periods(), (std::vector<ClosedPeriod>{second.period, first.period}));
    EXPECT_EQ(take(store().closed_period_texts(uuid(1), day("2026-03-01"))), first.texts);
    EXPECT_EQ(take(store().closed_period_texts(uuid(2), day("1969-02-01"))), second.texts);
    EXPECT_EQ(take(store().closed_period_texts(uuid(2), day("2026-03-01"))), std::nullopt);
    EXPECT_EQ(take(store().product_book(digest(1))), book(1));
    const SettledInvoice unsettled{.entry = invoice.entry, .settlement = {}};
    EXPECT_EQ(invoices(), std::vector<SettledInvoice>{unsettled});
    EXPECT_EQ(take(store().find_invoice(uuid(7))), unsettled);
    EXPECT_EQ(take(store().invoice_text(uuid(7))), invoice.text);
    EXPECT_EQ(take(store().last_invoice_sequence("northwind")), 1U);
    EXPECT_EQ(take(store().billed_organizations()), std::vector<core::OrganizationId>{bank});
  }
}

TEST_P(BillingConformance, PeriodsOfAnOrganizationComeByTheirStart) {
  const core::OrganizationId other = organization(2);
  save(billing({closed({.contract = 9, .start = "2026-02-01"}), closed({.contract = 1, .start = "2026-03-01"}),
                closed({.contract = 5, .start = "1969-12-31"})},
               {}));
  save(billing({closed({.contract = 3, .start = "1970-01-01"}),
                closed({.contract = 4, .start = "2026-01-01", .organization = other}),
                closed({.contract = 2, .start = "2026-03-01"})},
               {}));
  reopen();
  EXPECT_EQ(starts_of(periods()), (std::vector{day("1969-12-31"), day("1970-01-01"), day("2026-02-01"),
                                               day("2026-03-01"), day("2026-03-01")}));
  EXPECT_EQ(periods()[3].contract.id, uuid(1));
  EXPECT_EQ(periods()[4].contract.id, uuid(2));
  EXPECT_EQ(starts_of(periods(other)), std::vector{day("2026-01-01")});
  EXPECT_TRUE(periods(organization(3)).empty());
}

TEST_P(BillingConformance, InvoicesOfAnOrganizationComeByDateThenById) {
  const core::OrganizationId other = organization(2);
  save(issued({.id = 5, .sequence = 1, .date = "2026-03-31"}));
  save(issued({.id = 9, .sequence = 2, .date = "2026-02-28"}));
  save(issued({.id = 4, .sequence = 3, .date = "2026-03-31"}));
  save(issued({.id = 6, .sequence = 4, .date = "2026-03-30", .organization = other}));
  save(issued({.id = 300, .sequence = 5, .date = "2026-03-31"}));
  save(issued({.id = 1, .sequence = 6, .date = "1969-12-31"}));
  reopen();
  EXPECT_EQ(ids_of(invoices()), (std::vector{uuid(1), uuid(9), uuid(4), uuid(5), uuid(300)}));
  EXPECT_EQ(ids_of(invoices(other)), std::vector{uuid(6)});
}

TEST_P(BillingConformance, EverySellerHasItsOwnSequenceWithoutGaps) {
  save(billing({}, {issued({.id = 1, .sequence = 1, .seller = "a"}), issued({.id = 2, .sequence = 1, .seller = "ab"}),
                    issued({.id = 3, .sequence = 2, .seller = "a"})}));
  save(issued({.id = 4, .sequence = 3, .seller = "a"}));
  reopen();
  save(issued({.id = 5, .sequence = 1, .seller = ""}));
  EXPECT_EQ(take(store().last_invoice_sequence("a")), 3U);
  EXPECT_EQ(take(store().last_invoice_sequence("ab")), 1U);
  EXPECT_EQ(take(store().last_invoice_sequence("")), 1U);
  EXPECT_EQ(take(store().last_invoice_sequence("b")), 0U);
}

TEST_P(BillingConformance, AStepThatDoesNotFitIsRefusedWhole) {
  save(billing({closed({.contract = 1})}, {issued({.id = 1, .sequence = 1})}, {book(1)}));
  const auto no_credits = [] {
    Invoice note = credit_note({.id = 2, .sequence = 2, .amount = "-1"}, 1);
    note.entry.credits.reset();
    return note;
  };
  const Billing::Period fresh = closed({.contract = 2, .organization = organization(2)});
  const Invoice next = issued({.id = 2, .sequence = 2, .organization = organization(2)});
  const std::vector<std::pair<std::string, Billing>> refused{
      {"closed already", billing({fresh, closed({.contract = 1, .book = 2})}, {next}, {book(2)})},
      {"closed twice in the step", billing({fresh, fresh}, {next}, {book(2)})},
      {"issued already", billing({fresh}, {next, issued({.id = 1, .sequence = 3})}, {book(2)})},
      {"issued twice in the step", billing({fresh}, {next, issued({.id = 2, .sequence = 3})}, {book(2)})},
      {"a number left out", billing({fresh}, {issued({.id = 2, .sequence = 3})}, {book(2)})},
      {"a number twice", billing({fresh}, {issued({.id = 2, .sequence = 1})}, {book(2)})},
      {"number zero", billing({fresh}, {issued({.id = 2, .sequence = 0, .seller = "new"})}, {book(2)})},
      {"a number twice in the step", billing({fresh}, {next, issued({.id = 3, .sequence = 2})}, {book(2)})},
      {"a credit for no invoice",
       billing({fresh}, {credit_note({.id = 2, .sequence = 2, .amount = "-1"}, 77)}, {book(2)})},
      {"a credit for nothing", billing({fresh}, {no_credits()}, {book(2)})},
      {"a credit, then a gap",
       billing({fresh}, {credit_note({.id = 2, .sequence = 2, .amount = "-1"}, 1), issued({.id = 3, .sequence = 4})},
               {book(2)})},
      {"a later book of an open period",
       billing({fresh}, {next}, {book(2)}, {{.contract = uuid(3), .start = day("2026-03-01"), .products = digest(2)}})},
  };
  for (const auto& [what, step] : refused) {
    SCOPED_TRACE(what);
    EXPECT_FALSE(take(store().save_billing(step)));
    EXPECT_EQ(periods(), std::vector<ClosedPeriod>{closed({.contract = 1}).period});
    EXPECT_TRUE(periods(organization(2)).empty());
    EXPECT_EQ(take(store().closed_period_texts(uuid(1), day("2026-03-01"))), closed({.contract = 1}).texts);
    EXPECT_EQ(take(store().closed_period_texts(uuid(2), day("2026-03-01"))), std::nullopt);
    EXPECT_EQ(invoices(), (std::vector<SettledInvoice>{{issued({.id = 1}).entry, {}}}));
    EXPECT_EQ(take(store().invoice_text(uuid(1))), issued({.id = 1}).text);
    EXPECT_EQ(take(store().find_invoice(uuid(2))), std::nullopt);
    EXPECT_EQ(take(store().last_invoice_sequence("northwind")), 1U);
    EXPECT_EQ(take(store().last_invoice_sequence("new")), 0U);
    EXPECT_EQ(take(store().product_book(digest(2))), std::nullopt);
    EXPECT_EQ(take(store().billed_organizations()), std::vector<core::OrganizationId>{bank});
  }
  save(billing({fresh}, {next}, {book(2)}));
}

TEST_P(BillingConformance, TheSameDayIsAPeriodOfEachContract) {
  save(billing({closed({.contract = 1}), closed({.contract = 2})}, {}));
  save(billing({closed({.contract = 1, .start = "2026-04-01"})}, {}));
  EXPECT_EQ(periods().size(), 3U);
}

TEST_P(BillingConformance, ABookStaysAsItWasFirstKept) {
  ProductBook other = book(2);
  other.digest = digest(1);
  save(billing({}, {}, {book(1), other}));
  save(billing({}, {}, {other}));
  reopen();
  EXPECT_EQ(take(store().product_book(digest(1))), book(1));
}

TEST_P(BillingConformance, APeriodHasItsLatestBookAndStaysAsItWasOtherwise) {
  const Billing::Period march = closed({.contract = 1});
  const Billing::Period april = closed({.contract = 1, .start = "2026-04-01"});
  save(billing({march, april}, {}, {book(1)}));
  const auto later = [](std::uint64_t book_number) {
    return std::vector<ExtendedBook>{
        {.contract = uuid(1), .start = day("2026-03-01"), .products = digest(book_number)}};
  };
  for (const std::uint64_t number : {2U, 3U}) {
    save(billing({}, {}, {book(number)}, later(number)));
    reopen();
    ClosedPeriod expected = march.period;
    expected.products = digest(number);
    EXPECT_EQ(periods(), (std::vector<ClosedPeriod>{expected, april.period}));
  }
  EXPECT_EQ(take(store().product_book(digest(1))), book(1));
  EXPECT_EQ(take(store().closed_period_texts(uuid(1), day("2026-03-01"))), march.texts);
}

TEST_P(BillingConformance, AStepMayExtendTheBookOfWhatItCloses) {
  save(billing({closed({.contract = 1})}, {}, {book(1), book(2)},
               {{.contract = uuid(1), .start = day("2026-03-01"), .products = digest(2)}}));
  EXPECT_EQ(periods().at(0).products, digest(2));
}

TEST_P(BillingConformance, CreditsJoinTheSettlementOfTheirInvoice) {
  save(billing({}, {issued({.id = 1, .sequence = 1}), issued({.id = 2, .sequence = 2}),
                    credit_note({.id = 3, .sequence = 3, .amount = "-10.10"}, 1)}));
  save(credit_note({.id = 4, .sequence = 4, .amount = "-0.005"}, 1));
  reopen();
  const Settlement credited{.paid = {}, .credited = quantity("10.105")};
  EXPECT_EQ(settlement(1), credited);
  EXPECT_EQ(settlement(2), Settlement());
  EXPECT_EQ(settlement(3), Settlement());
  EXPECT_EQ(invoices().at(0), (SettledInvoice{issued({.id = 1, .sequence = 1}).entry, credited}));
  EXPECT_EQ(invoices().at(2).entry.credits, uuid(1));
}

TEST_P(BillingConformance, APaymentIsRecordedOnceUnderItsKey) {
  save(billing({}, {issued({.id = 1, .sequence = 1}), issued({.id = 2, .sequence = 2})}));
  const Payment first = paid({.key = "a", .amount = "10.10"});
  EXPECT_EQ(take(store().save_payment(first)), first);
  EXPECT_EQ(take(store().save_payment(first)), first);
  EXPECT_EQ(take(store().save_payment(paid({.key = "a", .amount = "99"}))), first);
  reopen();
  EXPECT_EQ(take(store().save_payment(paid({.key = "a", .recorded_at = "2026-05-01T00:00:00Z"}))), first);
  EXPECT_EQ(take(store().payments(uuid(1))), std::vector<Payment>{first});
  EXPECT_EQ(settlement(1), (Settlement{.paid = quantity("10.1"), .credited = {}}));
  EXPECT_EQ(settlement(2), Settlement());
}

TEST_P(BillingConformance, PaymentsComeByTheirTimeThenByKey) {
  save(billing({}, {issued({.id = 1, .sequence = 1}), issued({.id = 2, .sequence = 2}),
                    credit_note({.id = 3, .sequence = 3, .amount = "-5"}, 1)}));
  const Payment late = paid({.key = "a", .amount = "1", .recorded_at = "2026-04-10T08:00:00.001Z"});
  const Payment early_b = paid({.key = "b", .amount = "20"});
  const Payment early_c = paid({.key = "c", .amount = "0.3"});
  const Payment of_another = paid({.invoice = 2, .key = "a", .amount = "7"});
  for (const Payment& payment : {late, early_c, early_b, of_another}) {
    EXPECT_EQ(take(store().save_payment(payment)), payment);
  }
  reopen();
  EXPECT_EQ(take(store().payments(uuid(1))), (std::vector<Payment>{early_b, early_c, late}));
  EXPECT_EQ(take(store().payments(uuid(2))), std::vector<Payment>{of_another});
  const Settlement both{.paid = quantity("21.3"), .credited = quantity("5")};
  EXPECT_EQ(settlement(1), both);
  EXPECT_EQ(invoices().at(0).settlement, both);
  EXPECT_EQ(settlement(2), (Settlement{.paid = quantity("7"), .credited = {}}));
}

TEST_P(BillingConformance, NoPaymentIsForAnInvoiceThatIsNotThere) {
  save(issued({.id = 1}));
  EXPECT_EQ(take(store().save_payment(paid({.invoice = 2}))), std::nullopt);
  save(issued({.id = 2, .sequence = 2}));
  EXPECT_EQ(settlement(2), Settlement());
  EXPECT_TRUE(take(store().payments(uuid(2))).empty());
}

TEST_P(BillingConformance, OrganizationsWithPeriodsOrInvoicesAreThereOnceById) {
  save(billing({closed({.contract = 1, .organization = organization(3)})},
               {issued({.id = 1, .sequence = 1, .organization = organization(2)})}));
  save(billing({closed({.contract = 1, .start = "2026-04-01", .organization = organization(3)})},
               {issued({.id = 2, .sequence = 2, .organization = organization(3)}),
                issued({.id = 3, .sequence = 3, .organization = organization(1)})}));
  reopen();
  EXPECT_EQ(take(store().billed_organizations()),
            (std::vector<core::OrganizationId>{organization(1), organization(2), organization(3)}));
}

TEST_P(BillingConformance, TheSigningKeyIsTheOneThatWasSavedLast) {
  ASSERT_TRUE(store().save_signing_key(digest(1)));
  ASSERT_TRUE(store().save_signing_key(digest(2)));
  reopen();
  EXPECT_EQ(take(store().load_signing_key()), digest(2));
  EXPECT_EQ(take(store().load_catalog()), core::Catalog());
  EXPECT_EQ(take(store().load_operator()), std::nullopt);
}

// Each takes the number that it sees next; only one of those who see the same gets it.
TEST_P(BillingConformance, ManyThatIssueAtOnceLeaveNoGapAndNothingTwice) {
  constexpr std::uint64_t issuers = 4;
  constexpr std::uint64_t invoices_each = 10;
  std::vector<std::jthread> threads;
  for (std::uint64_t issuer = 0; issuer < issuers; ++issuer) {
    threads.emplace_back([&, issuer] {
      for (std::uint64_t done = 0; done < invoices_each;) {
        const std::uint64_t next = take(store().last_invoice_sequence("northwind")) + 1;
        const Invoice invoice = issued({.id = 1 + issuer * invoices_each + done, .sequence = next});
        if (take(store().save_billing(billing({}, {invoice})))) ++done;
      }
    });
  }
  threads.clear();
  std::vector<std::uint64_t> sequences;
  for (const SettledInvoice& invoice : invoices()) sequences.push_back(invoice.entry.sequence);
  std::sort(sequences.begin(), sequences.end());
  std::vector<std::uint64_t> expected(issuers * invoices_each);
  for (std::uint64_t at = 0; at < expected.size(); ++at) expected[at] = at + 1;
  EXPECT_EQ(sequences, expected);
  EXPECT_EQ(take(store().last_invoice_sequence("northwind")), expected.size());
}

TEST_P(BillingConformance, PaymentsAtOnceAreAddedUp) {
  save(issued({.id = 1}));
  std::vector<std::jthread> threads;
  for (const std::string payer : {"x", "y", "z"}) {
    threads.emplace_back([&, payer] {
      for (int number = 0; number < 10; ++number) {
        static_cast<void>(take(store().save_payment(paid({.key = payer + std::to_string(number), .amount = "0.01"}))));
        static_cast<void>(take(store().save_payment(paid({.key = "shared " + std::to_string(number), .amount = "1"}))));
      }
    });
  }
  threads.clear();
  EXPECT_EQ(settlement(1), (Settlement{.paid = quantity("10.3"), .credited = {}}));
  EXPECT_EQ(take(store().payments(uuid(1))).size(), 40U);
}

}  // namespace
}  // namespace tallystick::store::test
