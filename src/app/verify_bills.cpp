#include "app/verify_bills.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "app/frozen_text.hpp"
#include "app/product_book.hpp"
#include "tallystick/core/billing_period.hpp"
#include "tallystick/core/decimal.hpp"

namespace tallystick::app {
namespace {

std::string where_is(const store::ClosedPeriod& period) {
  return "organization " + period.contract.organization.to_string() + ", contract " + period.contract.id.to_string() +
         ", period of " + core::to_string(period.start);
}

std::string where_is(const store::InvoiceEntry& invoice) {
  return "organization " + invoice.organization.to_string() + ", invoice " + invoice.number;
}

std::string text_of(const store::Digest& digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += digits[byte >> 4U];
    text += digits[byte & 0xFU];
  }
  return text;
}

/// A sum that knows when it is too large.
class Sum {
 public:
  void add(core::Decimal amount) {
    if (!sum_) return;
    const auto added = sum_->plus(amount);
    sum_ = added ? std::optional(*added) : std::nullopt;
  }
  [[nodiscard]] bool is(core::Decimal amount) const { return sum_ == amount; }
  [[nodiscard]] bool is_above(core::Decimal amount) const { return !sum_ || *sum_ > amount; }
  [[nodiscard]] std::string text() const { return sum_ ? sum_->to_string() : "too large"; }

 private:
  std::optional<core::Decimal> sum_ = core::Decimal{};
};

// The period that a closed one must have been: absent where the contract has none that begins then.
std::optional<core::BillingPeriod> right_period(const store::ClosedPeriod& period) {
  const auto right = core::billing_period_containing(period.contract, period.start);
  return right && right->start == period.start ? right : std::nullopt;
}

}  // namespace

void BillsCheck::find(std::string where, std::string what, std::string found, std::string expected) {
  verification_.findings.push_back({std::move(where), std::move(what), std::move(found), std::move(expected)});
}

void BillsCheck::check(const core::OrganizationId& organization) {
  const std::string where = "organization " + organization.to_string();
  const auto closed = store_.closed_periods(organization);
  if (!closed) verification_.findings.push_back(unreadable(where, "list of closed periods", closed.error()));
  const auto invoices = store_.invoices(organization);
  if (!invoices) verification_.findings.push_back(unreadable(where, "list of invoices", invoices.error()));
  if (!closed || !invoices) return;
  verification_.closed_periods += closed->size();
  verification_.invoices += invoices->size();

  Invoices by_id;
  for (const store::SettledInvoice& invoice : *invoices) by_id.emplace(invoice.entry.id, &invoice);
  check_sequence(*closed);
  std::map<core::Uuid, std::size_t> periods_of;  // by invoice
  std::set<std::pair<core::Uuid, core::Day>> starts;
  for (const store::ClosedPeriod& period : *closed) {
    check_period(period, by_id);
    ++periods_of[period.invoice];
    starts.emplace(period.contract.id, period.start);
  }
  for (const store::SettledInvoice& invoice : *invoices) {
    const store::InvoiceEntry& entry = invoice.entry;
    series_[entry.seller].emplace_back(entry.sequence, entry.number);
    check_invoice(invoice);
    if (entry.kind == store::InvoiceKind::credit_note) check_credit_note(invoice, by_id);
    check_settlement(invoice, *invoices);
    const std::size_t periods = periods_of[entry.id];
    if (entry.kind == store::InvoiceKind::period && periods != 1) {
      find(where_is(entry), "number of closed periods that it is for", std::to_string(periods), "1");
    }
    for (const core::BilledAmount& billed : entry.billed) {
      if (starts.contains({billed.thing.contract, billed.thing.period_start})) continue;
      find(where_is(entry),
           "period of " + core::to_string(billed.thing.period_start) + " of contract " +
               billed.thing.contract.to_string() + ", which it bills,",
           "open", "closed");
    }
  }
}

// A contract's closed periods are its first ones, one after the other, and no two of the organization overlap.
void BillsCheck::check_sequence(std::span<const store::ClosedPeriod> closed) {
  std::map<core::Uuid, core::Day> ends;  // of the last closed period of each contract
  std::optional<core::Day> last_end;
  for (const store::ClosedPeriod& period : closed) {
    const auto known = ends.find(period.contract.id);
    const core::Day right_start = known == ends.end() ? period.contract.effective : known->second;
    const auto right = right_period(period);
    if (period.start != right_start) {
      find(where_is(period), "start", core::to_string(period.start), core::to_string(right_start));
    } else if (!right || right->end != period.end) {
      find(where_is(period), "end", core::to_string(period.end),
           right ? core::to_string(right->end) : "that of a period of its contract");
    } else if (last_end && period.start < *last_end) {
      find(where_is(period), "start", core::to_string(period.start),
           "after the period before it, which ends on " + core::to_string(*last_end));
    }
    ends[period.contract.id] = period.end;
    last_end = period.end;
  }
}

void BillsCheck::check_period(const store::ClosedPeriod& period, const Invoices& invoices) {
  const std::string where = where_is(period);
  const auto texts = store_.closed_period_texts(period.contract.id, period.start);
  if (!texts) {
    verification_.findings.push_back(unreadable(where, "text", texts.error()));
  } else if (!*texts) {
    find(where, "text", "absent", "there");
  } else {
    check_text(where, "overview", (*texts)->overview);
    check_text(where, "detail", (*texts)->detail);
  }
  check_book(where, period.products);

  const auto invoice = invoices.find(period.invoice);
  if (invoice == invoices.end()) {
    return find(where, "invoice " + period.invoice.to_string(), "absent", "there");
  }
  const store::InvoiceEntry& entry = invoice->second->entry;
  if (entry.kind != store::InvoiceKind::period || entry.contract != period.contract.id ||
      entry.date != period.end - std::chrono::days{1} || entry.currency != period.contract.currency) {
    find(where, "invoice " + entry.number, "dated " + core::to_string(entry.date) + ", in " + entry.currency,
         "an invoice of this period, dated its last day, in " + period.contract.currency);
  }
}

// Periods share books.
void BillsCheck::check_book(const std::string& where, const store::Digest& digest) {
  if (!checked_books_.insert(digest).second) return;
  auto book = store_.product_book(digest);
  if (!book) {
    verification_.findings.push_back(unreadable(where, "book of products", book.error()));
  } else if (!*book) {
    find(where, "book of products " + text_of(digest), "absent", "there");
  } else if (const store::ProductBook anew = book_of(std::move((*book)->products)); anew.digest != digest) {
    find(where, "SHA-256 of the book of products", text_of(anew.digest), text_of(digest));
  }
}

void BillsCheck::check_text(const std::string& where, const std::string& what, const store::FrozenText& text) {
  const store::Digest digest = sha256(text.json);
  if (digest != text.sha256) find(where, "SHA-256 of the " + what, text_of(digest), text_of(text.sha256));
}

void BillsCheck::check_invoice(const store::SettledInvoice& invoice) {
  const store::InvoiceEntry& entry = invoice.entry;
  const std::string where = where_is(entry);
  const auto text = store_.invoice_text(entry.id);
  if (!text) {
    verification_.findings.push_back(unreadable(where, "text", text.error()));
  } else if (!*text) {
    find(where, "text", "absent", "there");
  } else {
    check_text(where, "text", **text);
  }
  if (entry.kind == store::InvoiceKind::credit_note) return;
  Sum billed;
  for (const core::BilledAmount& each : entry.billed) billed.add(each.amount);
  if (!billed.is(entry.amount)) find(where, "amount", entry.amount.to_string(), billed.text() + ", what it bills");
}

void BillsCheck::check_credit_note(const store::SettledInvoice& note, const Invoices& invoices) {
  const store::InvoiceEntry& entry = note.entry;
  const std::string where = where_is(entry);
  if (!entry.amount.is_negative()) find(where, "amount of the credit note", entry.amount.to_string(), "negative");
  if (!entry.billed.empty()) find(where, "credit note", "one that bills usage", "one that bills nothing");
  const auto credited = entry.credits ? invoices.find(*entry.credits) : invoices.end();
  if (credited == invoices.end() || credited->second->entry.kind == store::InvoiceKind::credit_note) {
    find(where, "its invoice", "absent", "there");
  }
}

void BillsCheck::check_settlement(const store::SettledInvoice& invoice, std::span<const store::SettledInvoice> all) {
  const store::InvoiceEntry& entry = invoice.entry;
  const std::string where = where_is(entry);
  Sum credited;
  for (const store::SettledInvoice& note : all) {
    if (note.entry.credits == entry.id) credited.add(core::Decimal::from_units(-note.entry.amount.units()));
  }
  if (!credited.is(invoice.settlement.credited)) {
    find(where, "credited amount", invoice.settlement.credited.to_string(), credited.text() + ", its credit notes");
  }
  if (credited.is_above(std::max(entry.amount, core::Decimal{}))) {
    find(where, "sum of its credit notes", credited.text(), "at most its amount, " + entry.amount.to_string());
  }
  const auto payments = store_.payments(entry.id);
  if (!payments) return verification_.findings.push_back(unreadable(where, "list of payments", payments.error()));
  Sum paid;
  for (const store::Payment& payment : *payments) paid.add(payment.amount);
  if (!paid.is(invoice.settlement.paid)) {
    find(where, "paid amount", invoice.settlement.paid.to_string(), paid.text() + ", its payments");
  }
}

// The first number that is wrong says enough of a series.
void BillsCheck::check_series() {
  for (auto& [seller, numbers] : series_) {
    const std::string where = "seller " + seller;
    std::ranges::sort(numbers);
    std::uint64_t expected = 1;
    const auto wrong = std::ranges::find_if(numbers, [&](const auto& number) { return number.first != expected++; });
    if (wrong != numbers.end()) {
      find(where, "place of invoice " + wrong->second + " in the series", std::to_string(wrong->first),
           std::to_string(wrong - numbers.begin() + 1));
      continue;
    }
    std::set<std::string_view> texts;
    for (const auto& [sequence, text] : numbers) {
      if (!texts.insert(text).second) find(where, "number " + text, "that of several invoices", "that of one");
    }
    const auto last = store_.last_invoice_sequence(seller);
    if (!last) {
      verification_.findings.push_back(unreadable(where, "last number", last.error()));
    } else if (*last != numbers.size()) {
      find(where, "last place in the series", std::to_string(*last), std::to_string(numbers.size()));
    }
  }
}

}  // namespace tallystick::app
