#include "cli/invoice_sheets.hpp"

#include <utility>

#include "cli/cell_text.hpp"

namespace tallystick::cli {

Sheet invoice_sheet(std::span<const wire::BillingInvoice> invoices) {
  return {.name = "Invoices",
          .columns = {{"id"},
                      {"date"},
                      {"type"},
                      {"bill_to"},
                      {"ship_to"},
                      {"sold_to"},
                      {"purchase_order"},
                      {"payment_terms"},
                      {"payment_link"},
                      {"payment_status"},
                      {"amount"},
                      {"currency"}},
          .rows = [invoices](const documents::AddRow& add) {
            for (const wire::BillingInvoice& invoice : invoices) {
              add({cell(invoice.id), cell(invoice.date_invoiced), cell(invoice.customer_invoice_type),
                   party_text(invoice.bill_to_customer), party_text(invoice.ship_to_customer),
                   party_text(invoice.sold_to_customer), cell(invoice.customer_po_number), cell(invoice.payment_terms),
                   cell(invoice.payment_link), cell(invoice.payment_status),
                   figure(invoice.amount, invoice.currency_iso_code), cell(invoice.currency_iso_code)});
            }
          }};
}

Sheet invoice_record_sheet(std::span<const wire::InvoiceRecord> invoices) {
  return {.name = "Invoices",
          .columns = {{"id"},
                      {"number"},
                      {"status"},
                      {"date"},
                      {"period_start"},
                      {"period_end"},
                      {"contract_id"},
                      {"type"},
                      {"credited_invoice_id"},
                      {"bill_to"},
                      {"purchase_order"},
                      {"payment_status"},
                      {"amount"},
                      {"paid"},
                      {"credited"},
                      {"due"},
                      {"currency"}},
          .rows = [invoices](const documents::AddRow& add) {
            for (const wire::InvoiceRecord& invoice : invoices) {
              const auto& currency = invoice.currency_iso_code;
              add({cell(invoice.id), cell(invoice.number), invoice.status.text(), cell(invoice.date_invoiced),
                   cell(invoice.date_start), cell(invoice.date_end), cell(invoice.contract_id),
                   cell(invoice.customer_invoice_type), cell(invoice.credited_invoice_id),
                   party_text(invoice.bill_to_customer), cell(invoice.customer_po_number), cell(invoice.payment_status),
                   figure(invoice.amount, currency), figure(invoice.amount_paid, currency),
                   figure(invoice.amount_credited, currency), figure(invoice.amount_due, currency), cell(currency)});
            }
          }};
}

Sheet invoice_line_sheet(std::span<const wire::BillingInvoiceItem> lines, std::optional<std::string> currency) {
  return {.name = "Lines",
          .columns = {{"id"},
                      {"product"},
                      {"part_number"},
                      {"description"},
                      {"organization"},
                      {"transacted"},
                      {"from"},
                      {"to"},
                      {"quantity"},
                      {"unit"},
                      {"amount"}},
          .rows = [lines, currency = std::move(currency)](const documents::AddRow& add) {
            for (const wire::BillingInvoiceItem& line : lines) {
              add({cell(line.id), line.product ? cell(line.product->name) : Cell(),
                   line.product ? cell(line.product->sku) : Cell(), cell(line.description),
                   line.organization ? cell(line.organization->name) : Cell(), cell(line.date_transacted),
                   cell(line.date_start), cell(line.date_end), figure(line.quantity), cell(line.unit_of_measure),
                   figure(line.amount, currency)});
            }
          }};
}

Sheet payment_sheet(const wire::InvoicePayment& payment, std::optional<std::string> currency) {
  return {
      .name = "Payment",
      .columns = {{"key"}, {"date"}, {"amount"}, {"reference"}},
      .rows = [&payment, currency = std::move(currency)](const documents::AddRow& add) {
        add({payment.idempotency_key, cell(payment.date), figure(payment.amount, currency), cell(payment.reference)});
      }};
}

Sheet closed_period_sheet(const wire::ClosePeriodsAnswer& answer) {
  return {.name = "Closed periods",
          .columns = {{"contract_id"},
                      {"billing_period_id"},
                      {"period_start"},
                      {"period_end"},
                      {"invoice_id"},
                      {"invoice_number"},
                      {"amount"},
                      {"currency"}},
          .rows = [&answer](const documents::AddRow& add) {
            for (const wire::ClosedPeriodRecord& closed : answer.closed) {
              add({closed.contract_id, closed.billing_period_id, closed.date_start, closed.date_end, closed.invoice_id,
                   closed.invoice_number, figure(closed.amount, closed.currency_iso_code), closed.currency_iso_code});
            }
            for (const wire::InvoiceRecord& invoice : answer.adjustment_invoices) {
              add({cell(invoice.contract_id), Cell(), Cell(), Cell(), cell(invoice.id), cell(invoice.number),
                   figure(invoice.amount, invoice.currency_iso_code), cell(invoice.currency_iso_code)});
            }
          }};
}

}  // namespace tallystick::cli
