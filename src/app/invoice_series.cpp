#include "app/invoice_series.hpp"

#include <algorithm>
#include <utility>

#include "app/frozen_text.hpp"
#include "app/store_problem.hpp"

namespace tallystick::app {
namespace {

constexpr std::size_t sequence_digits_min = 6;

}  // namespace

Result<InvoiceNumber, core::Problem> InvoiceSeries::next(const core::Seller& seller) {
  auto known = last_.find(seller.key);
  if (known == last_.end()) {
    const auto stored = store_.last_invoice_sequence(seller.key);
    if (!stored) return fail(problem_of(stored.error()));
    known = last_.emplace(seller.key, *stored).first;
  }
  const std::uint64_t sequence = ++known->second;
  const std::string digits = std::to_string(sequence);
  const std::string zeros(sequence_digits_min - std::min(sequence_digits_min, digits.size()), '0');
  return InvoiceNumber{sequence, seller.invoice_prefix + zeros + digits};
}

Result<store::Invoice, core::Problem> invoice_of(const InvoiceContents& contents, std::uint64_t sequence,
                                                 const std::string& currency, const BillingTexts& texts) {
  auto billed = core::billed_by(contents.lines);
  if (!billed) return fail(problem_of(*contents.contract, billed.error()));
  store::Invoice invoice;
  store::InvoiceEntry& entry = invoice.entry;
  entry.id = contents.id;
  entry.organization = contents.organization;
  entry.contract = contents.contract->id;
  entry.seller = contents.seller.key;
  entry.sequence = sequence;
  entry.number = contents.number;
  entry.kind = contents.kind;
  entry.date = contents.date;
  entry.currency = currency;
  entry.amount = contents.amount;
  if (contents.credit) entry.credits = contents.credit->invoice;
  entry.billed = std::move(*billed);
  invoice.text = freeze(texts.invoice(contents));
  return invoice;
}

}  // namespace tallystick::app
