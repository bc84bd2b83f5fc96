#include <algorithm>
#include <utility>

#include "app/billing_questions.hpp"
#include "app/draft_bills.hpp"
#include "app/settlements.hpp"
#include "app/store_problem.hpp"

namespace tallystick::app {
namespace {

core::Problem no_such_invoice() {
  return {core::ProblemKind::not_found, "There is no such invoice.", {}, 0};
}

bool is_wanted(const InvoiceFilter& filter, const store::SettledInvoice& invoice) {
  return (!filter.from || invoice.entry.date >= *filter.from) &&
         (!filter.through || invoice.entry.date <= *filter.through) &&
         (!filter.is_paid || *filter.is_paid == is_paid(invoice));
}

// Of one day in the order of issue: sequences have 20 digits at most.
std::string key_of(const store::InvoiceEntry& invoice) {
  const std::string sequence = std::to_string(invoice.sequence);
  return core::to_string(invoice.date) + "/" + std::string(20 - sequence.size(), '0') + sequence + "/" +
         invoice.id.to_string();
}

// What belongs to another organization is not found.
Result<store::SettledInvoice, core::Problem> find(const store::Store& store,
                                                  const std::optional<core::OrganizationId>& organization,
                                                  const core::Uuid& id) {
  auto found = store.find_invoice(id);
  if (!found) return fail(problem_of(found.error()));
  if (!*found || (organization && (*found)->entry.organization != *organization)) return fail(no_such_invoice());
  return std::move(**found);
}

Result<IssuedInvoice, core::Problem> with_text(const store::Store& store, store::SettledInvoice invoice) {
  auto text = store.invoice_text(invoice.entry.id);
  if (!text) return fail(problem_of(text.error()));
  if (!*text) {
    return fail(core::Problem{core::ProblemKind::internal,
                              "invoice " + invoice.entry.number + " has no text; run `tallystick verify`",
                              {},
                              0});
  }
  return IssuedInvoice{std::move(invoice), std::move(**text)};
}

Result<IssuedInvoice, core::Problem> issued(const store::Store& store,
                                            const std::optional<core::OrganizationId>& organization,
                                            const core::Uuid& id) {
  auto found = find(store, organization, id);
  if (!found) return fail(std::move(found.error()));
  return with_text(store, std::move(*found));
}

}  // namespace

void BillingQuestions::ask_invoices(const core::OrganizationId& organization, InvoiceFilter filter, Cursor cursor,
                                    OnAnswer<Page<IssuedInvoice>> on_answer) const {
  threads_.ask<Page<IssuedInvoice>>(
      [&store = store_, organization, filter,
       cursor = std::move(cursor)]() -> Result<Page<IssuedInvoice>, core::Problem> {
        auto invoices = store.invoices(organization);
        if (!invoices) return fail(problem_of(invoices.error()));
        std::erase_if(*invoices, [&filter](const store::SettledInvoice& each) { return !is_wanted(filter, each); });
        std::ranges::sort(*invoices, std::ranges::greater(),
                          [](const store::SettledInvoice& each) { return key_of(each.entry); });
        std::vector<std::string> keys;
        for (const store::SettledInvoice& each : *invoices) keys.push_back(key_of(each.entry));
        const CursorPage part = page_of(keys, cursor);
        Page<IssuedInvoice> page;
        page.has_previous = part.has_previous;
        page.has_next = part.has_next;
        for (std::size_t i = part.begin; i < part.end; ++i) {
          auto invoice = with_text(store, std::move((*invoices)[i]));
          if (!invoice) return fail(std::move(invoice.error()));
          page.entities.push_back(std::move(*invoice));
          page.keys.push_back(std::move(keys[i]));
        }
        return page;
      },
      std::move(on_answer));
}

void BillingQuestions::ask_invoice(const core::OrganizationId& organization, const core::Uuid& invoice,
                                   OnAnswer<IssuedInvoice> on_answer) const {
  threads_.ask<IssuedInvoice>([&store = store_, organization, invoice] { return issued(store, organization, invoice); },
                              std::move(on_answer));
}

void BillingQuestions::ask_any_invoice(const core::Uuid& invoice, OnAnswer<IssuedInvoice> on_answer) const {
  threads_.ask<IssuedInvoice>([&store = store_, invoice] { return issued(store, std::nullopt, invoice); },
                              std::move(on_answer));
}

void BillingQuestions::ask_drafts(const core::OrganizationId& organization,
                                  OnAnswer<std::vector<DraftInvoice>> on_answer) const {
  threads_.ask<std::vector<DraftInvoice>>(
      [&store = store_, &current = catalog_, clock = clock_,
       organization]() -> Result<std::vector<DraftInvoice>, core::Problem> {
        const core::TimePoint now = clock();
        const auto usage = store.snapshot();  // before the catalog, as counted_usage needs it
        const DraftBills drafts(store, *usage, current.get(), now);
        const auto begun = drafts.begun(organization);
        if (!begun) return fail(begun.error());
        std::vector<DraftInvoice> answer;
        for (std::size_t left = begun->size(); left > 0; --left) {
          auto bill = drafts.bill((*begun)[left - 1]);
          if (!bill) return fail(std::move(bill.error()));
          answer.push_back({std::move(*bill)});
        }
        return answer;
      },
      std::move(on_answer));
}

void BillingQuestions::ask_any_kind_of_invoice(const core::OrganizationId& organization, const core::Uuid& invoice,
                                               OnAnswer<AnyInvoice> on_answer) const {
  threads_.ask<AnyInvoice>(
      [&store = store_, &current = catalog_, clock = clock_, organization,
       invoice]() -> Result<AnyInvoice, core::Problem> {
        const core::TimePoint now = clock();
        const auto usage = store.snapshot();
        const DraftBills drafts(store, *usage, current.get(), now);
        const auto begun = drafts.begun(organization);
        if (!begun) return fail(begun.error());
        for (const core::IndexedPeriod& each : *begun) {
          if (invoice_id_of(*each.contract, each.period) != invoice) continue;
          auto bill = drafts.bill(each);
          if (!bill) return fail(std::move(bill.error()));
          return DraftInvoice{std::move(*bill)};
        }
        auto found = issued(store, organization, invoice);
        if (!found) return fail(std::move(found.error()));
        return std::move(*found);
      },
      std::move(on_answer));
}

void BillingQuestions::ask_payments(const core::OrganizationId& organization, const core::Uuid& invoice,
                                    OnAnswer<std::vector<store::Payment>> on_answer) const {
  threads_.ask<std::vector<store::Payment>>(
      [&store = store_, organization, invoice]() -> Result<std::vector<store::Payment>, core::Problem> {
        if (const auto found = find(store, organization, invoice); !found) return fail(found.error());
        auto payments = store.payments(invoice);
        if (!payments) return fail(problem_of(payments.error()));
        return std::move(*payments);
      },
      std::move(on_answer));
}

}  // namespace tallystick::app
