#include "app/settlements.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "app/invoice_series.hpp"
#include "app/made_answer.hpp"
#include "app/store_problem.hpp"
#include "tallystick/core/currency.hpp"

namespace tallystick::app {
namespace {

core::Problem invalid(std::vector<core::Fault> faults) {
  return {core::ProblemKind::invalid, "The request is not valid.", std::move(faults), 0};
}
core::Problem conflict(std::string pointer, std::string message) {
  return {core::ProblemKind::conflict, "Nothing was recorded.", {{std::move(pointer), std::move(message)}}, 0};
}
core::Problem no_such_invoice() {
  return {core::ProblemKind::not_found, "There is no such invoice.", {}, 0};
}
core::Problem too_many_wait() {
  return overloaded("Too many closings and payments wait.");
}

// They are printed on documents and told in messages: a line without control characters (C0, DEL) and without those
// that turn the direction of what follows (U+202A to U+202E, U+2066 to U+2069).
bool is_one_plain_line(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7F) return false;
    if (byte != 0xE2 || i + 2 >= text.size()) continue;
    const unsigned after = static_cast<unsigned char>(text[i + 1]) * 256U + static_cast<unsigned char>(text[i + 2]);
    if ((after >= 0x80AA && after <= 0x80AE) || (after >= 0x81A6 && after <= 0x81A9)) return false;
  }
  return true;
}

void check_text(std::vector<core::Fault>& faults, const std::string& pointer, const std::string& text,
                std::size_t bytes_min, std::size_t bytes_max) {
  if (text.size() < bytes_min || text.size() > bytes_max) {
    faults.push_back(
        {pointer, "must have " + std::to_string(bytes_min) + " to " + std::to_string(bytes_max) + " bytes"});
  } else if (!is_one_plain_line(text)) {
    faults.push_back({pointer, "must be one line without control characters"});
  }
}

void check_amount(std::vector<core::Fault>& faults, core::Decimal amount) {
  if (amount <= core::Decimal{}) faults.push_back({"/amount", "must be above 0"});
}

// Absent: no invoice is issued in a currency that is none.
std::optional<core::Fault> digits_fault(core::Decimal amount, const std::string& currency) {
  const int digits = core::minor_digits(currency).value_or(0);
  const auto rounded = amount.rounded(digits, core::Rounding::down);
  if (rounded && *rounded == amount) return std::nullopt;
  return core::Fault{"/amount", "must have at most " + std::to_string(digits) +
                                    " digits after the point, as amounts in " + currency + " do"};
}

std::string money(core::Decimal amount, const store::InvoiceEntry& invoice) {
  return amount.to_string_with_places(core::minor_digits(invoice.currency).value_or(0)) + " " + invoice.currency;
}

// Amounts of one invoice: they were stored one by one below its own, so their sums and differences have room.
core::Decimal less(core::Decimal amount, core::Decimal taken) {
  return core::Decimal::from_units(amount.units() - taken.units());
}
core::Decimal not_credited(const store::SettledInvoice& invoice) {
  return std::max(core::Decimal{}, less(invoice.entry.amount, invoice.settlement.credited));
}

Result<store::SettledInvoice, core::Problem> find(const store::Store& store, const core::Uuid& id) {
  auto found = store.find_invoice(id);
  if (!found) return fail(problem_of(found.error()));
  if (!*found) return fail(no_such_invoice());
  return std::move(**found);
}

// The contract by which a credit note is addressed, and the period of its invoice, where that bills one.
struct CreditedPeriod {
  const core::Contract* contract = nullptr;
  std::optional<core::BillingPeriod> period;
};
Result<CreditedPeriod, core::Problem> credited_period(const store::Store& store, const CatalogSnapshot& catalog,
                                                      const store::InvoiceEntry& invoice) {
  CreditedPeriod credited;
  const auto contracts = catalog.contracts_of(invoice.organization);
  const auto contract = std::ranges::find(contracts, invoice.contract, &core::Contract::id);
  if (contract == contracts.end()) {
    return fail(core::Problem{core::ProblemKind::internal,
                              "contract " + invoice.contract.to_string() + " was billed and is not in the catalog",
                              {},
                              0});
  }
  credited.contract = &*contract;
  const auto closed = store.closed_periods(invoice.organization);
  if (!closed) return fail(problem_of(closed.error()));
  for (const store::ClosedPeriod& each : *closed) {
    if (each.invoice == invoice.id) credited.period = core::billing_period_containing(each.contract, each.start);
  }
  return credited;
}

core::Seller seller_of(const CatalogSnapshot& catalog, const std::string& key) {
  if (const core::Seller* declared = catalog.seller(key); declared != nullptr) return *declared;
  core::Seller built_in;
  built_in.key = key;
  built_in.name = core::operator_organization_name;
  return built_in;
}

// All of a credit note but its id, number and date. Its line is for the days of the invoice's period, else for the
// invoice's own.
InvoiceContents credit_contents(const store::InvoiceEntry& invoice, const CreditedPeriod& credited,
                                core::Decimal amount, const std::string& reason,
                                const std::shared_ptr<const CatalogSnapshot>& catalog) {
  InvoiceContents contents;
  contents.kind = store::InvoiceKind::credit_note;
  contents.seller = seller_of(*catalog, invoice.seller);
  contents.organization = invoice.organization;
  const core::Organization* owner = catalog->organization(invoice.organization);
  if (owner != nullptr) contents.organization_name = owner->name;
  contents.contract = credited.contract;
  contents.period = credited.period;
  contents.catalog = catalog;
  contents.credit = {invoice.id, invoice.number, reason};
  contents.amount = less({}, amount);
  core::InvoiceLine& line = contents.lines.emplace_back();
  line.kind = core::InvoiceLine::Kind::credit;
  line.start = credited.period ? credited.period->start : invoice.date;
  line.end = credited.period ? credited.period->end : invoice.date + std::chrono::days{1};
  line.thing = {invoice.contract, line.start, ""};
  line.quantity = core::Decimal::from_integer(1);
  line.amount = contents.amount;
  line.description = "Credit for invoice " + invoice.number + ": " + reason;
  return contents;
}

}  // namespace

bool is_paid(const store::SettledInvoice& invoice) {
  return amount_due(invoice).is_zero();
}

core::Decimal amount_due(const store::SettledInvoice& invoice) {
  return std::max(core::Decimal{},
                  less(less(invoice.entry.amount, invoice.settlement.paid), invoice.settlement.credited));
}

Settlements::Settlements(store::Store& store, const CurrentCatalog& catalog, const BillingTexts& texts, Clock clock,
                         SerialWorker& worker)
    : store_(store), catalog_(catalog), texts_(texts), clock_(std::move(clock)), worker_(worker) {}

void Settlements::pay(PaymentRequest request, OnPaid on_paid) {
  const auto answer = std::make_shared<OnPaid>(std::move(on_paid));
  const bool is_taken = worker_.post([this, taken = std::move(request), answer] {
    (*answer)(made_answer<store::Payment>([&] { return pay_now(taken); }));
  });
  if (!is_taken) (*answer)(fail(too_many_wait()));
}

void Settlements::credit(CreditRequest request, OnCredited on_credited) {
  const auto answer = std::make_shared<OnCredited>(std::move(on_credited));
  const bool is_taken = worker_.post([this, taken = std::move(request), answer] {
    (*answer)(made_answer<store::SettledInvoice>([&] { return credit_now(taken); }));
  });
  if (!is_taken) (*answer)(fail(too_many_wait()));
}

Result<store::Payment, core::Problem> Settlements::pay_now(const PaymentRequest& request) {
  const core::TimePoint now = clock_();
  std::vector<core::Fault> faults;
  check_text(faults, "/idempotencyKey", request.idempotency_key, 1, idempotency_key_bytes_max);
  check_amount(faults, request.amount);
  if (request.date && *request.date > core::day_of(now)) faults.push_back({"/date", "must not be after today"});
  check_text(faults, "/reference", request.reference, 0, payment_reference_bytes_max);
  if (!faults.empty()) return fail(invalid(std::move(faults)));

  const auto invoice = find(store_, request.invoice);
  if (!invoice) return fail(invoice.error());
  if (auto fault = digits_fault(request.amount, invoice->entry.currency)) return fail(invalid({std::move(*fault)}));
  const auto known = store_.payments(request.invoice);
  if (!known) return fail(problem_of(known.error()));
  const auto earlier = std::ranges::find(*known, request.idempotency_key, &store::Payment::idempotency_key);
  if (earlier != known->end()) {
    const bool is_same = earlier->amount == request.amount && earlier->reference == request.reference &&
                         (!request.date || *request.date == earlier->date);
    if (is_same) return *earlier;
    return fail(conflict("/idempotencyKey", "is known with another payment, of " +
                                                money(earlier->amount, invoice->entry) + " on " +
                                                core::to_string(earlier->date) + "; use a new key"));
  }
  if (invoice->entry.kind == store::InvoiceKind::credit_note) {
    return fail(conflict("", "invoice " + invoice->entry.number + " is a credit note, which is paid at once"));
  }
  if (request.amount > amount_due(*invoice)) {
    return fail(conflict("/amount", "is more than is due: " + money(amount_due(*invoice), invoice->entry)));
  }
  const auto saved = store_.save_payment({request.invoice, request.idempotency_key, request.amount,
                                          request.date.value_or(core::day_of(now)), request.reference, now});
  if (!saved) return fail(problem_of(saved.error()));
  if (!*saved) return fail(no_such_invoice());
  return **saved;
}

Result<store::SettledInvoice, core::Problem> Settlements::credit_now(const CreditRequest& request) {
  std::vector<core::Fault> faults;
  check_text(faults, "/idempotencyKey", request.idempotency_key, 1, idempotency_key_bytes_max);
  if (request.amount) check_amount(faults, *request.amount);
  check_text(faults, "/reason", request.reason, 1, credit_reason_bytes_max);
  if (!faults.empty()) return fail(invalid(std::move(faults)));

  const auto invoice = find(store_, request.invoice);
  if (!invoice) return fail(invoice.error());
  const store::InvoiceEntry& entry = invoice->entry;
  if (request.amount) {
    if (auto fault = digits_fault(*request.amount, entry.currency)) return fail(invalid({std::move(*fault)}));
  }
  const core::Uuid id = core::Uuid::from_name(request.invoice, "creditnote/" + request.idempotency_key);
  auto earlier = store_.find_invoice(id);
  if (!earlier) return fail(problem_of(earlier.error()));
  if (*earlier) {
    const core::Decimal credited = less({}, (*earlier)->entry.amount);
    // One without an amount took all that was left: of its repetition nothing is left.
    if (request.amount ? *request.amount == credited : not_credited(*invoice).is_zero()) return std::move(**earlier);
    return fail(conflict("/idempotencyKey", "is known with another credit note, " + (*earlier)->entry.number + " of " +
                                                money(credited, entry) + "; use a new key"));
  }
  if (entry.kind == store::InvoiceKind::credit_note) {
    return fail(conflict("", "invoice " + entry.number + " is a credit note; none is issued for it"));
  }
  const core::Decimal left = not_credited(*invoice);
  const core::Decimal amount = request.amount.value_or(left);
  if (amount > left || amount.is_zero()) {
    return fail(conflict("/amount", "is more than was invoiced and not credited: " + money(left, entry)));
  }

  const auto catalog = catalog_.get();
  const auto credited = credited_period(store_, *catalog, entry);
  if (!credited) return fail(credited.error());
  InvoiceContents contents = credit_contents(entry, *credited, amount, request.reason, catalog);
  InvoiceSeries series(store_);
  const auto number = series.next(contents.seller);
  if (!number) return fail(number.error());
  contents.id = id;
  contents.number = number->text;
  contents.date = core::day_of(clock_());
  auto note = invoice_of(contents, number->sequence, entry.currency, texts_);
  if (!note) return fail(std::move(note.error()));
  store::Billing billing;
  billing.invoices.push_back(std::move(*note));
  const auto saved = store_.save_billing(billing);
  if (!saved) return fail(problem_of(saved.error()));
  if (!*saved) {
    return fail(core::Problem{core::ProblemKind::internal,
                              "number " + number->text +
                                  " was taken by somebody else; is the data directory written "
                                  "by two servers?",
                              {},
                              0});
  }
  return find(store_, id);
}

}  // namespace tallystick::app
