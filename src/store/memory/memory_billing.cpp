#include "store/memory/memory_billing.hpp"

#include <algorithm>
#include <set>

namespace tallystick::store {
namespace {

// Adds up what was paid or credited.
StoreStatus add(core::Decimal& sum, core::Decimal amount, const core::Uuid& invoice) {
  const auto added = sum.plus(amount);
  if (!added) {
    return fail(StoreError{StoreError::Kind::corrupt,
                           "the payments of invoice " + invoice.to_string() + " are too large to be added up"});
  }
  sum = *added;
  return {};
}

}  // namespace

bool MemoryBilling::State::close(const Billing::Period& period) {
  return periods.try_emplace({period.period.contract.id, period.period.start}, period).second;
}

bool MemoryBilling::State::extend(const ExtendedBook& book) {
  const auto closed = periods.find({book.contract, book.start});
  if (closed == periods.end()) return false;
  closed->second.period.products = book.products;
  return true;
}

Stored<bool> MemoryBilling::State::issue(const Invoice& invoice) {
  const InvoiceEntry& entry = invoice.entry;
  std::uint64_t& last = last_sequences[entry.seller];
  if (invoices.contains(entry.id) || entry.sequence != last + 1) return false;
  if (entry.kind == InvoiceKind::credit_note) {
    const auto credited = entry.credits ? invoices.find(*entry.credits) : invoices.end();
    const auto amount = core::Decimal{}.minus(entry.amount);
    if (credited == invoices.end() || !amount) return false;
    auto added = add(credited->second.invoice.settlement.credited, *amount, *entry.credits);
    if (!added) return fail(std::move(added.error()));
  }
  last = entry.sequence;
  invoices.emplace(entry.id, IssuedInvoice{{entry, {}}, invoice.text, {}});
  return true;
}

Stored<bool> MemoryBilling::save_billing(const Billing& billing) {
  const std::lock_guard lock(mutex_);
  State next = state_;
  for (const ProductBook& book : billing.books) next.books.try_emplace(book.digest, book);
  for (const Billing::Period& period : billing.periods) {
    if (!next.close(period)) return false;
  }
  for (const ExtendedBook& book : billing.extended_books) {
    if (!next.extend(book)) return false;
  }
  for (const Invoice& invoice : billing.invoices) {
    auto issued = next.issue(invoice);
    if (!issued || !*issued) return issued;
  }
  state_ = std::move(next);
  return true;
}

std::uint64_t MemoryBilling::last_invoice_sequence(std::string_view seller) const {
  const std::lock_guard lock(mutex_);
  const auto last = state_.last_sequences.find(seller);
  return last == state_.last_sequences.end() ? 0 : last->second;
}

std::vector<ClosedPeriod> MemoryBilling::closed_periods(const core::OrganizationId& organization) const {
  const std::lock_guard lock(mutex_);
  std::vector<ClosedPeriod> periods;
  for (const auto& [key, closed] : state_.periods) {
    if (closed.period.contract.organization == organization) periods.push_back(closed.period);
  }
  std::sort(periods.begin(), periods.end(), [](const ClosedPeriod& a, const ClosedPeriod& b) {
    return std::tie(a.start, a.contract.id) < std::tie(b.start, b.contract.id);
  });
  return periods;
}

std::optional<ClosedPeriodTexts> MemoryBilling::closed_period_texts(const core::Uuid& contract, core::Day start) const {
  const std::lock_guard lock(mutex_);
  const auto closed = state_.periods.find({contract, start});
  return closed == state_.periods.end() ? std::nullopt : std::optional(closed->second.texts);
}

std::optional<ProductBook> MemoryBilling::product_book(const Digest& digest) const {
  const std::lock_guard lock(mutex_);
  const auto book = state_.books.find(digest);
  return book == state_.books.end() ? std::nullopt : std::optional(book->second);
}

std::vector<SettledInvoice> MemoryBilling::invoices(const core::OrganizationId& organization) const {
  const std::lock_guard lock(mutex_);
  std::vector<SettledInvoice> invoices;
  for (const auto& [id, issued] : state_.invoices) {
    if (issued.invoice.entry.organization == organization) invoices.push_back(issued.invoice);
  }
  std::sort(invoices.begin(), invoices.end(), [](const SettledInvoice& a, const SettledInvoice& b) {
    return std::tie(a.entry.date, a.entry.id) < std::tie(b.entry.date, b.entry.id);
  });
  return invoices;
}

std::optional<SettledInvoice> MemoryBilling::find_invoice(const core::Uuid& id) const {
  const std::lock_guard lock(mutex_);
  const auto issued = state_.invoices.find(id);
  return issued == state_.invoices.end() ? std::nullopt : std::optional(issued->second.invoice);
}

std::optional<FrozenText> MemoryBilling::invoice_text(const core::Uuid& id) const {
  const std::lock_guard lock(mutex_);
  const auto issued = state_.invoices.find(id);
  return issued == state_.invoices.end() ? std::nullopt : std::optional(issued->second.text);
}

Stored<std::optional<Payment>> MemoryBilling::save_payment(const Payment& payment) {
  const std::lock_guard lock(mutex_);
  const auto issued = state_.invoices.find(payment.invoice);
  if (issued == state_.invoices.end()) return std::nullopt;
  auto& payments = issued->second.payments;
  if (const auto known = payments.find(payment.idempotency_key); known != payments.end()) return known->second;
  auto added = add(issued->second.invoice.settlement.paid, payment.amount, payment.invoice);
  if (!added) return fail(std::move(added.error()));
  payments.emplace(payment.idempotency_key, payment);
  return payment;
}

std::vector<Payment> MemoryBilling::payments(const core::Uuid& invoice) const {
  const std::lock_guard lock(mutex_);
  const auto issued = state_.invoices.find(invoice);
  std::vector<Payment> payments;
  if (issued == state_.invoices.end()) return payments;
  for (const auto& [key, payment] : issued->second.payments) payments.push_back(payment);
  std::stable_sort(payments.begin(), payments.end(),
                   [](const Payment& a, const Payment& b) { return a.recorded_at < b.recorded_at; });
  return payments;
}

std::vector<core::OrganizationId> MemoryBilling::billed_organizations() const {
  const std::lock_guard lock(mutex_);
  std::set<core::OrganizationId> organizations;
  for (const auto& [key, closed] : state_.periods) organizations.insert(closed.period.contract.organization);
  for (const auto& [id, issued] : state_.invoices) organizations.insert(issued.invoice.entry.organization);
  return {organizations.begin(), organizations.end()};
}

std::optional<std::array<std::uint8_t, 32>> MemoryBilling::load_signing_key() const {
  const std::lock_guard lock(mutex_);
  return signing_key_;
}

void MemoryBilling::save_signing_key(const std::array<std::uint8_t, 32>& key) {
  const std::lock_guard lock(mutex_);
  signing_key_ = key;
}

}  // namespace tallystick::store
