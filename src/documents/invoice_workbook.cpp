#include <array>
#include <utility>

#include "documents/figures.hpp"
#include "documents/invoice_files.hpp"
#include "documents/invoice_words.hpp"
#include "documents/workbook.hpp"

namespace tallystick::documents {
namespace {

Cell figure(const std::optional<core::Decimal>& number, int places) {
  if (!number) return {};
  return Figure{number->to_string_with_places(places)};
}

Sheet lines_sheet(const wire::InvoiceDocument& invoice) {
  Sheet sheet{.name = "Lines",
              .columns = {{"kind", 12},
                          {"product", 32},
                          {"sku", 18},
                          {"grouping", 22},
                          {"description", 48},
                          {"period start", 12},
                          {"period end", 12},
                          {"quantity", 16},
                          {"unit", 14},
                          {"unit price", 14},
                          {"list price", 14},
                          {"amount", 16},
                          {"currency", 9},
                          {"third party", 11}},
              .rows = {}};
  sheet.rows = [&invoice](const AddRow& add) {
    const int places = amount_places(invoice.currency);
    for (const wire::InvoiceDocumentLine& line : invoice.lines) {
      add({line.kind, subject_of(line), line.product ? line.product->sku.value_or("") : "", line.grouping.value_or(""),
           line.description, line.date_start, line.date_end, figure(line.quantity, 0),
           line.unit_of_measure.value_or(""), figure(line.unit_price, places), figure(line.list_unit_price, places),
           figure(line.amount, places), invoice.currency, std::string(line.is_third_party ? "yes" : "no")});
    }
  };
  return sheet;
}

std::string one_line(const std::optional<wire::InvoiceAddress>& address) {
  std::string text;
  if (!address) return text;
  for (const std::string& line : address_lines(*address)) text += (text.empty() ? "" : ", ") + line;
  return text;
}

std::string name_in(const std::optional<wire::Customer>& customer) {
  return customer ? name_of(*customer) : "";
}

void add_letter(const wire::InvoiceDocument& invoice, const AddRow& add) {
  const auto text = [&](const char* label, const std::optional<std::string>& value) {
    if (value && !value->empty()) add({std::string(label), *value});
  };
  const auto day = [&](const char* label, const std::optional<core::Day>& value) {
    if (value) add({std::string(label), *value});
  };
  text("type", std::string(title_of(invoice)));
  text("number", invoice.number);
  day("date", invoice.date_invoiced);
  day("period start", invoice.date_start);
  day("period end", invoice.date_end);
  text("seller", invoice.seller.name);
  text("seller address", one_line(invoice.seller.address));
  text("seller tax number", invoice.seller.tax_number);
  text("seller email", invoice.seller.email);
  text("seller phone", invoice.seller.phone);
  text("seller website", invoice.seller.website);
  text("organization", invoice.organization.name);
  text("organization id", invoice.organization.id);
  text("contract", invoice.contract_number);
  text("bill to", addressee(invoice));
  text("bill to number", invoice.bill_to_customer ? invoice.bill_to_customer->number : std::nullopt);
  text("bill to address", one_line(invoice.bill_to_address));
  text("ship to", name_in(invoice.ship_to_customer));
  text("ship to address", one_line(invoice.ship_to_address));
  text("sold to", name_in(invoice.sold_to_customer));
  text("order", invoice.customer_po_number);
  text("payment terms", invoice.payment_terms);
  text("payment link", invoice.payment_link);
  text("credits invoice", invoice.credited_invoice_number);
  text("reason", invoice.reason);
  text("currency", invoice.currency);
  add({std::string("amount"), figure(invoice.amount, amount_places(invoice.currency))});
  text("taxes", "All amounts exclude taxes.");
  for (const std::string& note : invoice.notes) text("note", note);
}

}  // namespace

Result<std::string, std::string> invoice_workbook(const wire::InvoiceDocument& invoice) {
  const Sheet letter{.name = "Invoice",
                     .columns = {{"", 24}, {"", 60}},
                     .rows = [&invoice](const AddRow& add) { add_letter(invoice, add); },
                     .form = Sheet::Form::letter};
  const std::array sheets{lines_sheet(invoice), letter};
  return workbook_file({.title = std::string(title_of(invoice)) + " " + invoice.number,
                        .author = invoice.seller.name,
                        .created = invoice.date_invoiced},
                       sheets);
}

}  // namespace tallystick::documents
