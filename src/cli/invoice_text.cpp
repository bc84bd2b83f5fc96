#include "cli/invoice_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "cli/cell_text.hpp"
#include "cli/invoice_sheets.hpp"
#include "cli/table.hpp"
#include "tallystick/core/currency.hpp"

namespace tallystick::cli {
namespace {

Result<std::string, Failure> records_text(std::span<const wire::InvoiceRecord> invoices, const Output& output) {
  if (output.format == Format::csv) return csv_text(invoice_record_sheet(invoices));
  if (output.format == Format::xlsx) {
    return workbook_text("Invoices", std::array{invoice_record_sheet(invoices)}, output);
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

// The published model of a line does not say its currency, nor does a payment. Without it amounts have two digits at
// least, as most currencies do.
int places_of(const std::optional<std::string>& currency) {
  return currency ? core::minor_digits(*currency).value_or(0) : 2;
}

int places_in(const core::Decimal& amount) {
  const std::string text = amount.to_string();
  const std::size_t point = text.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
}

// All amounts have as many digits after the point as the one with the most.
std::string lines_table(const std::vector<wire::BillingInvoiceItem>& lines, const std::optional<std::string>& currency,
                        const Output& output) {
  if (lines.empty()) return "The invoice has no lines.\n";
  Table table({{"PRODUCT"},
               {"DESCRIPTION"},
               {.title = "FROM", .is_whole = true},
               {.title = "TO", .is_whole = true},
               {"QUANTITY", true},
               {"UNIT"},
               {"AMOUNT", true}});
  int places = places_of(currency);
  std::optional<core::Decimal> sum = core::Decimal();
  for (const wire::BillingInvoiceItem& line : lines) {
    if (!line.amount) continue;
    const auto exact = line.amount->exact();
    if (exact) places = std::max(places, places_in(*exact));
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

Result<std::string, Failure> invoices_text(const wire::BillingInvoiceListing& listing, const Output& output) {
  if (output.format == Format::json) return wire::to_json(listing) + "\n";
  const auto invoices = listing.entities.value_or(std::vector<wire::BillingInvoice>());
  if (output.format == Format::csv) return csv_text(invoice_sheet(invoices));
  if (output.format == Format::xlsx) return workbook_text("Invoices", std::array{invoice_sheet(invoices)}, output);
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

Result<std::string, Failure> invoice_records_text(const wire::InvoiceRecordListing& listing, const Output& output) {
  if (output.format == Format::json) return wire::to_json(listing) + "\n";
  return records_text(listing.entities, output);
}

Result<std::string, Failure> invoice_record_text(const wire::InvoiceRecord& invoice, const Output& output) {
  if (output.format == Format::json) return wire::to_json(invoice) + "\n";
  return records_text({&invoice, 1}, output);
}

Result<std::string, Failure> invoice_lines_text(const wire::BillingInvoiceItemListing& listing,
                                                const std::optional<std::string>& currency, const Output& output) {
  if (output.format == Format::json) return wire::to_json(listing) + "\n";
  const auto lines = listing.entities.value_or(std::vector<wire::BillingInvoiceItem>());
  if (output.format == Format::csv) return csv_text(invoice_line_sheet(lines, currency));
  if (output.format == Format::xlsx) {
    return workbook_text("Invoice lines", std::array{invoice_line_sheet(lines, currency)}, output);
  }
  return lines_table(lines, currency, output);
}

Result<std::string, Failure> payment_text(const wire::InvoicePayment& payment,
                                          const std::optional<std::string>& currency, const Output& output) {
  if (output.format == Format::json) return wire::to_json(payment) + "\n";
  if (output.format == Format::csv) return csv_text(payment_sheet(payment, currency));
  if (output.format == Format::xlsx)
    return workbook_text("Payment", std::array{payment_sheet(payment, currency)}, output);
  Table table(
      {{.title = "KEY", .is_whole = true}, {.title = "DATE", .is_whole = true}, {"AMOUNT", true}, {"REFERENCE"}});
  const std::string amount = payment.amount.to_string_with_places(places_of(currency));
  table.add_row({payment.idempotency_key, field_text(payment.date), Numbers(output).shown(amount),
                 field_text(payment.reference)});
  return table.to_string({output.width, output.colours});
}

Result<std::string, Failure> closed_periods_text(const wire::ClosePeriodsAnswer& answer, const Output& output) {
  if (output.format == Format::json) return wire::to_json(answer) + "\n";
  if (output.format == Format::csv) return csv_text(closed_period_sheet(answer));
  if (output.format == Format::xlsx) {
    return workbook_text("Closed periods", std::array{closed_period_sheet(answer)}, output);
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
