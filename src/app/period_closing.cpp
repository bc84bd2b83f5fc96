#include "app/period_closing.hpp"

#include <algorithm>
#include <future>
#include <string>
#include <utility>

#include "app/frozen_text.hpp"
#include "app/invoice_series.hpp"
#include "app/made_answer.hpp"
#include "app/open_periods.hpp"
#include "app/period_bill.hpp"
#include "app/product_book.hpp"
#include "app/store_problem.hpp"

namespace tallystick::app {
namespace {

core::Problem internal(std::string message) {
  return {core::ProblemKind::internal, std::move(message), {}, 0};
}

const core::Contract* contract_of(const CatalogSnapshot& catalog, const core::OrganizationId& organization,
                                  const core::Uuid& id) {
  const auto contracts = catalog.contracts_of(organization);
  const auto found = std::ranges::find(contracts, id, &core::Contract::id);
  return found == contracts.end() ? nullptr : &*found;
}

InvoiceContents contents_for(const core::Contract& contract, const std::shared_ptr<const CatalogSnapshot>& catalog,
                             const InvoiceNumber& number) {
  InvoiceContents contents;
  contents.number = number.text;
  contents.seller = catalog->seller_of(contract);
  contents.organization = contract.organization;
  const core::Organization* owner = catalog->organization(contract.organization);
  if (owner != nullptr) contents.organization_name = owner->name;
  contents.contract = &contract;
  contents.catalog = catalog;
  return contents;
}

// An invoice for adjustments alone. A day may see several of one currency, which its number tells apart, so its id is
// the UUIDv5 of `adjustments/<currency>/<date of issue>/<sequence>` in the namespace of the contract's id.
Result<store::Invoice, core::Problem> adjustments_invoice(const Adjustments& adjustments,
                                                          const core::OrganizationId& organization, core::Day today,
                                                          const std::shared_ptr<const CatalogSnapshot>& catalog,
                                                          const BillingTexts& texts, InvoiceSeries& series) {
  const core::Contract* contract = contract_of(*catalog, organization, adjustments.contract);
  if (contract == nullptr) {
    return fail(internal("contract " + adjustments.contract.to_string() +
                         " has closed periods and is not in the catalog; apply a catalog that has it"));
  }
  const auto number = series.next(catalog->seller_of(*contract));
  if (!number) return fail(number.error());
  InvoiceContents contents = contents_for(*contract, catalog, *number);
  contents.id =
      core::Uuid::from_name(contract->id, "adjustments/" + adjustments.currency + "/" + core::to_string(today) + "/" +
                                              std::to_string(number->sequence));
  contents.kind = store::InvoiceKind::adjustments;
  contents.date = today;
  contents.lines = adjustments.lines;
  const auto amount = core::amount_of(contents.lines);
  if (!amount) return fail(problem_of(*contract, amount.error()));
  contents.amount = *amount;
  return invoice_of(contents, number->sequence, adjustments.currency, texts);
}

Result<store::Invoice, core::Problem> period_invoice(const PeriodBill& bill, const BillingTexts& texts,
                                                     InvoiceSeries& series) {
  const core::Contract& contract = *bill.overview.contract;
  const auto number = series.next(bill.overview.catalog->seller_of(contract));
  if (!number) return fail(number.error());
  InvoiceContents contents = contents_for(contract, bill.overview.catalog, *number);
  contents.id = bill.invoice_id;
  contents.kind = store::InvoiceKind::period;
  contents.date = bill.overview.period.end - std::chrono::days{1};
  contents.period = bill.overview.period;
  contents.lines = bill.lines;
  contents.amount = bill.amount;
  return invoice_of(contents, number->sequence, contract.currency, texts);
}

void add_books(store::Billing& billing, const Adjustments& adjustments) {
  std::ranges::copy(adjustments.books, std::back_inserter(billing.books));
  std::ranges::copy(adjustments.extended_books, std::back_inserter(billing.extended_books));
}

}  // namespace

Result<bool, core::Problem> PeriodClosing::close_next(const IsReady& is_ready, ClosingOutcome& outcome) {
  for (;;) {
    auto closed = try_close(is_ready, outcome);
    if (!closed) return fail(std::move(closed.error()));
    if (*closed) return **closed;
  }
}

Status<core::Problem> PeriodClosing::issue_adjustments(ClosingOutcome& outcome) {
  for (;;) {
    auto issued = try_issue(outcome);
    if (!issued) return fail(std::move(issued.error()));
    if (*issued) return {};
  }
}

Result<std::optional<bool>, core::Problem> PeriodClosing::try_close(const IsReady& is_ready, ClosingOutcome& outcome) {
  const auto usage = parts_.store.snapshot();  // before the catalog, as counted_usage needs it
  const auto catalog = parts_.catalog.get();
  const auto closed = parts_.store.closed_periods(organization_);
  if (!closed) return fail(problem_of(closed.error()));
  const auto next = earliest_open_period(catalog->contracts_of(organization_), ClosedStarts(*closed));
  if (!next || next->period.span().end > now_) return std::optional(false);
  const auto ready = is_ready(*catalog, *next);
  if (!ready) return fail(ready.error());
  if (!*ready) return std::optional(false);

  const auto adjustments = adjustments_of(parts_.store, *usage, *catalog, organization_);
  if (!adjustments) return fail(adjustments.error());
  const auto shown = with_bygone_products(catalog, *adjustments);
  const core::Contract* contract = contract_of(*shown, organization_, next->contract->id);
  auto bill = closing_bill(*usage, shown, *contract, next->period);
  if (!bill) return fail(std::move(bill.error()));

  store::Billing billing;
  if (const Adjustments* own = find_adjustments(*adjustments, contract->currency); own != nullptr) {
    if (auto added = add_lines(*bill, own->lines); !added) return fail(std::move(added.error()));
    add_books(billing, *own);
  }
  InvoiceSeries series(parts_.store);
  auto invoice = period_invoice(*bill, parts_.texts, series);
  if (!invoice) return fail(std::move(invoice.error()));
  billing.invoices.push_back(std::move(*invoice));
  for (const Adjustments& other : *adjustments) {
    if (other.currency == contract->currency) continue;
    auto alone = adjustments_invoice(other, organization_, core::day_of(now_), shown, parts_.texts, series);
    if (!alone) return fail(std::move(alone.error()));
    billing.invoices.push_back(std::move(*alone));
    add_books(billing, other);
  }
  billing.books.push_back(book_of(catalog->declared().products));
  store::Billing::Period& period = billing.periods.emplace_back();
  period.period = {*contract, next->period.start,          next->period.end,
                   now_,      billing.books.back().digest, bill->invoice_id};
  period.texts = {freeze(parts_.texts.overview(bill->overview)), freeze(parts_.texts.period_detail(*bill))};

  const auto saved = save(billing, catalog);
  if (!saved) return fail(saved.error());
  if (!*saved) return std::optional<bool>();
  outcome.closed.push_back({contract->id, next->period, core::billing_period_id(*contract, next->period),
                            std::move(billing.invoices.front().entry)});
  for (std::size_t i = 1; i < billing.invoices.size(); ++i) {
    outcome.adjustment_invoices.push_back(std::move(billing.invoices[i].entry));
  }
  return std::optional(true);
}

Result<bool, core::Problem> PeriodClosing::try_issue(ClosingOutcome& outcome) {
  const auto usage = parts_.store.snapshot();
  const auto catalog = parts_.catalog.get();
  const auto closed = parts_.store.closed_periods(organization_);
  if (!closed) return fail(problem_of(closed.error()));
  const auto next = earliest_open_period(catalog->contracts_of(organization_), ClosedStarts(*closed));
  const auto adjustments = adjustments_of(parts_.store, *usage, *catalog, organization_);
  if (!adjustments) return fail(adjustments.error());
  const auto shown = with_bygone_products(catalog, *adjustments);

  store::Billing billing;
  InvoiceSeries series(parts_.store);
  for (const Adjustments& each : *adjustments) {
    if (next && each.currency == next->contract->currency) continue;
    auto invoice = adjustments_invoice(each, organization_, core::day_of(now_), shown, parts_.texts, series);
    if (!invoice) return fail(std::move(invoice.error()));
    billing.invoices.push_back(std::move(*invoice));
    add_books(billing, each);
  }
  if (billing.invoices.empty()) return true;
  auto saved = save(billing, catalog);
  if (!saved || !*saved) return saved;
  for (store::Invoice& invoice : billing.invoices) outcome.adjustment_invoices.push_back(std::move(invoice.entry));
  return true;
}

Result<bool, core::Problem> PeriodClosing::save(const store::Billing& billing,
                                                const std::shared_ptr<const CatalogSnapshot>& used) const {
  // Shared, because the writer's thread may still be leaving set_value when this one has the answer.
  const auto saved = std::make_shared<std::promise<Result<bool, core::Problem>>>();
  parts_.writer.run_alone([this, saved, &billing, &used] {
    saved->set_value(made_answer<bool>([&]() -> Result<bool, core::Problem> {
      if (parts_.catalog.get() != used) return false;
      const auto written = parts_.store.save_billing(billing);
      if (!written) return fail(problem_of(written.error()));
      if (*written) return true;
      return fail(internal("a period of organization " + organization_.to_string() +
                           " was closed, or a number taken, by somebody else; is the data directory written by two "
                           "servers?"));
    }));
  });
  return saved->get_future().get();
}

}  // namespace tallystick::app
