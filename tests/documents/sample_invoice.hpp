#pragma once
#include <string>
#include <string_view>

#include "tallystick/wire/invoice_document.hpp"

/// Invoices to show, made up.
namespace tallystick::documents {

inline core::Decimal decimal(std::string_view text) {
  return core::Decimal::parse(text).value();
}
inline core::Day day(std::string_view text) {
  return core::parse_date(text).value();
}

inline wire::InvoiceAddress address(std::string line1, std::string postal_code, std::string city, std::string country) {
  wire::InvoiceAddress address;
  address.line1 = std::move(line1);
  address.postal_code = std::move(postal_code);
  address.city_name = std::move(city);
  address.country_code = std::move(country);
  return address;
}

inline wire::InvoiceDocumentLine line(std::string kind, std::string product, std::string grouping,
                                      std::string_view quantity, std::string_view amount) {
  wire::InvoiceDocumentLine line;
  line.kind = std::move(kind);
  if (!product.empty()) {
    line.product = wire::BillingProduct{};
    line.product->id = "id-of-" + product;
    line.product->sku = "SKU-" + product;
    line.product->name = std::move(product);
  }
  if (!grouping.empty()) line.grouping = std::move(grouping);
  line.date_start = day("2026-01-01");
  line.date_end = day("2026-01-31");
  line.quantity = decimal(quantity);
  line.unit_of_measure = "User";
  line.amount = decimal(amount);
  return line;
}

/// The letter of an invoice without lines.
inline wire::InvoiceDocument letter() {
  wire::InvoiceDocument invoice;
  invoice.id = "7b1c0a5e-8f0e-5a53-9d3e-2f6f6f0d3c11";
  invoice.number = "NW-000042";
  invoice.type = "Invoice";
  invoice.seller.name = "Northwind Cloud Partners GmbH";
  invoice.seller.address = address("Praterstraße 1", "1020", "Wien", "AT");
  invoice.seller.tax_number = "ATU12345678";
  invoice.seller.email = "billing@northwind.example";
  invoice.seller.phone = "+43 1 234567";
  invoice.seller.website = "https://northwind.example";
  invoice.organization = {"5c2f0d3a-1111-4222-8333-944455566677", "Contoso Airlines", {}};
  invoice.contract_id = "0c1d2e3f-aaaa-4bbb-8ccc-dddeeefff000";
  invoice.contract_number = "C-2026-17";
  invoice.date_invoiced = day("2026-01-31");
  invoice.date_start = day("2026-01-01");
  invoice.date_end = day("2026-01-31");
  invoice.currency = "EUR";
  invoice.bill_to_customer = wire::Customer{std::nullopt, "K-1007", "Contoso Airlines AG, Accounts Payable", {}};
  invoice.bill_to_address = address("Flughafenallee 12", "60549", "Frankfurt am Main", "DE");
  invoice.payment_terms = "Net 30 days";
  invoice.payment_link = "https://pay.northwind.example/NW-000042";
  invoice.customer_po_number = "4500012345";
  invoice.notes = {"Bank: Beispielbank Wien, IBAN AT61 1904 3002 3457 3201, BIC OPSKATWW",
                   "Please state the invoice number with your payment."};
  return invoice;
}

/// Sets the invoice's amount to the sum of its lines.
inline void add_up(wire::InvoiceDocument& invoice) {
  invoice.amount = {};
  for (std::size_t i = 0; i < invoice.lines.size(); ++i) {
    invoice.lines[i].id = "line-" + std::to_string(i + 1);
    invoice.amount = invoice.amount.plus(invoice.lines[i].amount).value();
  }
}

/// A month of everything: prepay with proration, tiers, tokens, a third-party product, the minimum, adjustments.
inline wire::InvoiceDocument full_invoice() {
  wire::InvoiceDocument invoice = letter();
  auto prepay = line("prepay", "Cloud CX 3 Named", "Cloud CX", "100", "12515.35");
  prepay.description = "80 at 140.00 for 15 of 31 days, 100 at 138.00 for 16 of 31 days";
  prepay.list_unit_price = decimal("155");
  auto overage = line("overage", "Cloud CX 3 Named", "Cloud CX", "12.5", "2187.5");
  overage.unit_price = decimal("175");
  overage.list_unit_price = decimal("190");
  overage.description = "12.5 at 175.00";
  auto messages = line("overage", "Messaging segments", "Messaging", "1234567.25", "6172.84");
  messages.unit_of_measure = "Unit";
  messages.unit_price = decimal("0.005");
  messages.description = "1234567.25 at 0.005";
  auto tokens = line("overage", "AI tokens", "AI Experience", "450", "495");
  tokens.unit_of_measure = "Unit";
  tokens.unit_price = decimal("1.1");
  tokens.list_unit_price = decimal("1.25");
  tokens.is_token = true;
  tokens.description = "450 at 1.10";
  auto recorder = line("overage", "Screen recorder by Acme", "AppFoundry", "3", "89.7");
  recorder.unit_price = decimal("29.9");
  recorder.is_third_party = true;
  recorder.description = "3 at 29.90";
  auto minimum = line("minimum", "", "", "1", "539.61");
  minimum.unit_of_measure.reset();
  minimum.description = "Minimum of 22,000.00 for the period";
  auto late = line("adjustment", "Cloud CX 3 Named", "Cloud CX", "2", "350");
  late.date_start = day("2025-12-01");
  late.date_end = day("2025-12-31");
  late.description = "Adjustment of 2025-12-01 to 2025-12-31: 2,187.50 instead of 1,837.50";
  auto voided = line("adjustment", "Messaging segments", "Messaging", "-2000", "-10");
  voided.date_start = day("2025-11-01");
  voided.date_end = day("2025-11-30");
  voided.description = "Adjustment of 2025-11-01 to 2025-11-30: 990.00 instead of 1,000.00";
  voided.unit_of_measure = "Unit";
  invoice.lines = {prepay, overage, messages, tokens, recorder, minimum, late, voided};
  add_up(invoice);
  return invoice;
}

/// `count` lines of three families in turn.
inline wire::InvoiceDocument long_invoice(int count) {
  wire::InvoiceDocument invoice = letter();
  constexpr const char* families[] = {"Cloud CX", "Messaging", "AI Experience"};
  for (int i = 1; i <= count; ++i) {
    const std::string number = std::to_string(i);
    auto row = line("overage", "Product " + number, families[i % 3], number + ".5", number + ".25");
    row.description = "Tier prices of product " + number;
    invoice.lines.push_back(std::move(row));
  }
  add_up(invoice);
  return invoice;
}

}  // namespace tallystick::documents
