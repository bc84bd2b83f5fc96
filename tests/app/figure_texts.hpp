#pragma once
#include <string>

#include "app/billing_texts.hpp"
#include "tallystick/core/time.hpp"

namespace tallystick::test {

inline std::string_view name_of(core::InvoiceLine::Kind kind) {
  switch (kind) {
    case core::InvoiceLine::Kind::prepay:
      return "prepay";
    case core::InvoiceLine::Kind::overage:
      return "overage";
    case core::InvoiceLine::Kind::minimum:
      return "minimum";
    case core::InvoiceLine::Kind::adjustment:
      return "adjustment";
    case core::InvoiceLine::Kind::credit:
      return "credit";
  }
  return "unknown";
}

/// "overage requests 2026-03-01 10.5"; of the minimum "minimum - 2026-03-01 100".
inline std::string text_of(const core::InvoiceLine& line) {
  return std::string(name_of(line.kind)) + " " + (line.thing.product.empty() ? "-" : line.thing.product) + " " +
         core::to_string(line.start) + " " + line.amount.to_string();
}

/// The figures that are frozen, as plain text: these tests look at what is billed, not at its JSON.
class FigureTexts final : public app::BillingTexts {
 public:
  std::string overview(const app::BillingOverview& overview) const override {
    std::string text = overview.organization_name + " " + core::to_string(overview.period.start);
    for (const core::RatedLine& line : overview.rated.lines) {
      text += "; " + line.product->key + " " + line.usage_quantity.to_string() + " = " + line.charge.to_string();
    }
    return text;
  }
  std::string period_detail(const app::PeriodBill& bill) const override {
    std::string text =
        std::string(bill.is_closed ? "closed" : "open") + " " + core::to_string(bill.overview.period.start);
    for (const core::Wallet& wallet : bill.wallets) {
      text += "; wallet " + wallet.product->key + " " + wallet.starting_balance.to_string() + " to " +
              wallet.ending_balance.to_string();
    }
    for (const core::InvoiceLine& line : bill.lines) text += "; " + text_of(line);
    return text;
  }
  std::string invoice(const app::InvoiceContents& contents) const override {
    std::string text = contents.number + " of " + contents.seller.name + " to " + contents.organization_name + " on " +
                       core::to_string(contents.date);
    if (contents.credit) text += " for " + contents.credit->invoice_number + " (" + contents.credit->reason + ")";
    for (const core::InvoiceLine& line : contents.lines) {
      // Every product of the lines can be named, whatever became of it in the catalog.
      const core::Product* product = contents.catalog->product(line.thing.product);
      text += "; " + text_of(line) + (product != nullptr ? " " + product->name : "");
    }
    return text + " = " + contents.amount.to_string();
  }
};

}  // namespace tallystick::test
