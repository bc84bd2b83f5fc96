#include "cli/invoice_text.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "cli/cell_text.hpp"
#include "cli/table.hpp"
#include "wire/csv_record.hpp"

namespace tallystick::cli {
namespace {

const std::vector<std::string> invoice_columns{"id",           "date",           "type",           "bill_to",
                                               "ship_to",      "sold_to",        "purchase_order", "payment_terms",
                                               "payment_link", "payment_status", "amount",         "currency"};
const std::vector<std::string> record_columns{"id",          "number",         "status",
                                              "date",        "period_start",   "period_end",
                                              "contract_id", "type",           "credited_invoice_id",
                                              "bill_to",     "purchase_order", "payment_status",
                                              "amount",      "paid",           "credited",
                                              "due",         "currency"};
const std::vector<std::string> line_columns{"id",           "product",    "part_number", "description",
                                            "organization", "transacted", "from",        "to",
                                            "quantity",     "unit",       "amount"};
const std::vector<std::string> payment_columns{"key", "date", "amount", "reference"};
const std::vector<std::string> closed_columns{"contract_id", "billing_period_id", "period_start", "period_end",
                                              "invoice_id",  "invoice_number",    "amount",       "currency"};

std::string invoice_record(const wire::BillingInvoice& invoice) {
  return wire::csv_record(std::vector<std::string>{
      field_text(invoice.id), field_text(invoice.date_invoiced), field_text(invoice.customer_invoice_type),
      party_text(invoice.bill_to_customer), party_text(invoice.ship_to_customer), party_text(invoice.sold_to_customer),
      field_text(invoice.customer_po_number), field_text(invoice.payment_terms), field_text(invoice.payment_link),
      field_text(invoice.payment_status), field_text(invoice.amount, invoice.currency_iso_code),
      field_text(invoice.currency_iso_code)});
}

std::string record_of(const wire::InvoiceRecord& invoice) {
  const auto& currency = invoice.currency_iso_code;
  return wire::csv_record(std::vector<std::string>{
      field_text(invoice.id), field_text(invoice.number), invoice.status.text(), field_text(invoice.date_invoiced),
      field_text(invoice.date_start), field_text(invoice.date_end), field_text(invoice.contract_id),
      field_text(invoice.customer_invoice_type), field_text(invoice.credited_invoice_id),
      party_text(invoice.bill_to_customer), field_text(invoice.customer_po_number), field_text(invoice.payment_status),
      field_text(invoice.amount, currency), field_text(invoice.amount_paid, currency),
      field_text(invoice.amount_credited, currency), field_text(invoice.amount_due, currency), field_text(currency)});
}

std::string records_text(std::span<const wire::InvoiceRecord> invoices, const Output& output) {
  if (output.format == Format::csv) {
    std::string text = wire::csv_record(record_columns);
    for (const wire::InvoiceRecord& invoice : invoices) text += record_of(invoice);
    return text;
  }
  if (invoices.empty()) return "No invoices.\n";
  Table table({{.title = "NUMBER", .is_whole = true},
               {.title = "DATE", .is_whole = true},
               {"TYPE"},
               {.title = "PERIOD", .is_whole = true},
               {"AMOUNT", true},
               {"PAID", true},
               {"DUE", true},
               {"CURRENCY"},
               {.title = "ID", .is_whole = true}});
  const Numbers number(output);
  for (const wire::InvoiceRecord& invoice : invoices) {
    const auto& currency = invoice.currency_iso_code;
    const bool is_draft = invoice.status.known() == wire::InvoiceStatus::draft;
    table.add_row({is_draft ? invoice.status.text() : field_text(invoice.number), field_text(invoice.date_invoiced),
                   field_text(invoice.customer_invoice_type), days_text(invoice.date_start, invoice.date_end),
                   number(invoice.amount, currency), number(invoice.amount_paid, currency),
                   number(invoice.amount_due, currency), field_text(currency), field_text(invoice.id)});
  }
  return table.to_string({output.width, output.colours});
}

std::string line_record(const wire::BillingInvoiceItem& line) {
  return wire::csv_record(
      std::vector<std::string>{field_text(line.id), line.product ? field_text(line.product->name) : "",
                               line.product ? field_text(line.product->sku) : "", field_text(line.description),
                               line.organization ? field_text(line.organization->name) : "",
                               field_text(line.date_transacted), field_text(line.date_start), field_text(line.date_end),
                               field_text(line.quantity), field_text(line.unit_of_measure), field_text(line.amount)});
}

// Neither a line nor a payment says its currency. What has minor digits has two at least, mostly.
int places_of(const core::Decimal& amount) {
  const std::string text = amount.to_string();
  const std::size_t point = text.find('.');
  return point == std::string::npos ? 0 : std::max(2, static_cast<int>(text.size() - point - 1));
}

// All amounts have as many digits after the point as the one with the most.
std::string lines_table(const std::vector<wire::BillingInvoiceItem>& lines, const Output& output) {
  if (lines.empty()) return "The invoice has no lines.\n";
  Table table({{"PRODUCT"},
               {"DESCRIPTION"},
               {.title = "FROM", .is_whole = true},
               {.title = "TO", .is_whole = true},
               {"QUANTITY", true},
               {"UNIT"},
               {"AMOUNT", true}});
  int places = 0;
  std::optional<core::Decimal> sum = core::Decimal();
  for (const wire::BillingInvoiceItem& line : lines) {
    if (!line.amount) continue;
    const auto exact = line.amount->exact();
    if (exact) places = std::max(places, places_of(*exact));
    const auto more = sum && exact ? sum->plus(*exact) : fail(core::DecimalFault::overflow);
    sum = more ? std::optional(*more) : std::nullopt;
  }
  const Numbers number(output);
  const auto amount = [&](const std::optional<wire::OpenNumber>& value) {
    const auto exact = value ? value->exact() : std::nullopt;
    return exact ? number.shown(exact->to_string_with_places(places)) : number(value);
  };
  for (const wire::BillingInvoiceItem& line : lines) {
    table.add_row({line.product ? field_text(line.product->name) : "", field_text(line.description),
                   field_text(line.date_start), field_text(line.date_end), number(line.quantity),
                   field_text(line.unit_of_measure), amount(line.amount)});
  }
  table.add_row({"Total", "", "", "", "", "", amount(sum)});
  return table.to_string({output.width, output.colours});
}

}  // namespace

std::string invoices_text(const wire::BillingInvoiceListing& listing, const Output& output) {
  if (output.format == Format::json) return wire::to_json(listing) + "\n";
  const auto invoices = listing.entities.value_or(std::vector<wire::BillingInvoice>());
  if (output.format == Format::csv) {
    std::string text = wire::csv_record(invoice_columns);
    for (const wire::BillingInvoice& invoice : invoices) text += invoice_record(invoice);
    return text;
  }
  if (invoices.empty()) return "No invoices.\n";
  Table table({{.title = "DATE", .is_whole = true},
               {"TYPE"},
               {"BILL TO"},
               {"ORDER"},
               {"STATUS"},
               {"AMOUNT", true},
               {"CURRENCY"},
               {.title = "ID", .is_whole = true}});
  const Numbers number(output);
  for (const wire::BillingInvoice& invoice : invoices) {
    table.add_row({field_text(invoice.date_invoiced), field_text(invoice.customer_invoice_type),
                   party_text(invoice.bill_to_customer), field_text(invoice.customer_po_number),
                   field_text(invoice.payment_status), number(invoice.amount, invoice.currency_iso_code),
                   field_text(invoice.currency_iso_code), field_text(invoice.id)});
  }
  return table.to_string({output.width, output.colours});
}

std::string invoice_records_text(const wire::InvoiceRecordListing& listing, const Output& output) {
  if (output.format == Format::json) return wire::to_json(listing) + "\n";
  return records_text(listing.entities, output);
}

std::string invoice_record_text(const wire::InvoiceRecord& invoice, const Output& output) {
  if (output.format == Format::json) return wire::to_json(invoice) + "\n";
  return records_text({&invoice, 1}, output);
}

std::string invoice_lines_text(const wire::BillingInvoiceItemListing& listing, const Output& output) {
  if (output.format == Format::json) return wire::to_json(listing) + "\n";
  const auto lines = listing.entities.value_or(std::vector<wire::BillingInvoiceItem>());
  if (output.format == Format::table) return lines_table(lines, output);
  std::string text = wire::csv_record(line_columns);
  for (const wire::BillingInvoiceItem& line : lines) text += line_record(line);
  return text;
}

std::string payment_text(const wire::InvoicePayment& payment, const Output& output) {
  if (output.format == Format::json) return wire::to_json(payment) + "\n";
  const std::string key = payment.idempotency_key;
  if (output.format == Format::csv) {
    return wire::csv_record(payment_columns) +
           wire::csv_record(std::vector<std::string>{key, field_text(payment.date),
                                                     field_text(std::optional(payment.amount)),
                                                     field_text(payment.reference)});
  }
  Table table(
      {{.title = "KEY", .is_whole = true}, {.title = "DATE", .is_whole = true}, {"AMOUNT", true}, {"REFERENCE"}});
  const std::string amount = payment.amount.to_string_with_places(places_of(payment.amount));
  table.add_row({key, field_text(payment.date), Numbers(output).shown(amount), field_text(payment.reference)});
  return table.to_string({output.width, output.colours});
}

std::string closed_periods_text(const wire::ClosePeriodsAnswer& answer, const Output& output) {
  if (output.format == Format::json) return wire::to_json(answer) + "\n";
  if (output.format == Format::csv) {
    std::string text = wire::csv_record(closed_columns);
    for (const wire::ClosedPeriodRecord& closed : answer.closed) {
      text += wire::csv_record(
          std::vector<std::string>{closed.contract_id, closed.billing_period_id, core::to_string(closed.date_start),
                                   core::to_string(closed.date_end), closed.invoice_id, closed.invoice_number,
                                   field_text(closed.amount, closed.currency_iso_code), closed.currency_iso_code});
    }
    for (const wire::InvoiceRecord& invoice : answer.adjustment_invoices) {
      text += wire::csv_record(std::vector<std::string>{
          field_text(invoice.contract_id), "", "", "", field_text(invoice.id), field_text(invoice.number),
          field_text(invoice.amount, invoice.currency_iso_code), field_text(invoice.currency_iso_code)});
    }
    return text;
  }
  if (answer.closed.empty() && answer.adjustment_invoices.empty()) return "Nothing was open that could be closed.\n";
  Table table({{.title = "PERIOD", .is_whole = true}, {"INVOICE"}, {"AMOUNT", true}, {"CURRENCY"}});
  const Numbers number(output);
  for (const wire::ClosedPeriodRecord& closed : answer.closed) {
    table.add_row({days_text(closed.date_start, closed.date_end), closed.invoice_number,
                   number(closed.amount, closed.currency_iso_code), closed.currency_iso_code});
  }
  for (const wire::InvoiceRecord& invoice : answer.adjustment_invoices) {
    table.add_row({"adjustments", field_text(invoice.number), number(invoice.amount, invoice.currency_iso_code),
                   field_text(invoice.currency_iso_code)});
  }
  return table.to_string({output.width, output.colours});
}

}  // namespace tallystick::cli
