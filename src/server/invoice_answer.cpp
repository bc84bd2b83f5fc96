#include "server/invoice_answer.hpp"

#include <utility>

#include "server/billed_entities.hpp"

namespace tallystick::server {
namespace {

/// What the published model, too, has of an invoice's letter.
template <class Answer>
void add_letter(Answer& answer, const wire::InvoiceDocument& document) {
  answer.id = document.id;
  answer.bill_to_customer = document.bill_to_customer;
  answer.ship_to_customer = document.ship_to_customer;
  answer.sold_to_customer = document.sold_to_customer;
  answer.bill_to_address = document.bill_to_address;
  answer.ship_to_address = document.ship_to_address;
  answer.currency_iso_code = document.currency;
  answer.payment_terms = document.payment_terms;
  answer.payment_link = document.payment_link;
  answer.customer_po_number = document.customer_po_number;
  answer.customer_invoice_type = document.type;
  answer.amount = document.amount;
}

void add_period(wire::InvoiceRecord& record, const wire::InvoiceDocument& document) {
  record.date_start = document.date_start;
  record.date_end = document.date_end;
  record.contract_id = document.contract_id;
}

wire::PaymentStatus payment_status(const store::SettledInvoice& invoice) {
  return app::is_paid(invoice) ? wire::PaymentStatus::paid : wire::PaymentStatus::unpaid;
}

}  // namespace

wire::BillingInvoice invoice_answer(const wire::InvoiceDocument& document, const store::SettledInvoice& invoice) {
  wire::BillingInvoice answer;
  add_letter(answer, document);
  answer.date_invoiced = document.date_invoiced;
  answer.payment_status = payment_status(invoice);
  return answer;
}

std::vector<wire::BillingInvoiceItem> invoice_items(const wire::InvoiceDocument& document, InvoiceStage stage) {
  std::vector<wire::BillingInvoiceItem> items;
  items.reserve(document.lines.size());
  for (const wire::InvoiceDocumentLine& line : document.lines) {
    wire::BillingInvoiceItem& item = items.emplace_back();
    item.id = line.id;
    item.product = line.product;
    item.description = line.description;
    if (stage == InvoiceStage::issued) item.date_transacted = document.date_invoiced;
    item.date_start = line.date_start;
    item.date_end = line.date_end;
    item.organization = document.organization;
    item.quantity = whole_quantity(line.quantity);
    item.unit_of_measure = line.unit_of_measure;
    item.amount = line.amount;
  }
  return items;
}

wire::InvoiceRecord invoice_record(const store::SettledInvoice& invoice) {
  const store::InvoiceEntry& entry = invoice.entry;
  wire::InvoiceRecord record;
  record.id = entry.id.to_string();
  record.number = entry.number;
  record.status = wire::InvoiceStatus::issued;
  record.date_invoiced = entry.date;
  record.contract_id = entry.contract.to_string();
  if (entry.credits) record.credited_invoice_id = entry.credits->to_string();
  record.currency_iso_code = entry.currency;
  record.payment_status = payment_status(invoice);
  record.customer_invoice_type = std::string(invoice_type(entry.kind));
  record.amount = entry.amount;
  record.amount_paid = invoice.settlement.paid;
  record.amount_credited = invoice.settlement.credited;
  record.amount_due = app::amount_due(invoice);
  return record;
}

wire::InvoiceRecord invoice_record(const wire::InvoiceDocument& document, const store::SettledInvoice& invoice) {
  wire::InvoiceRecord record = invoice_record(invoice);
  add_letter(record, document);
  add_period(record, document);
  return record;
}

wire::InvoiceRecord draft_record(const wire::InvoiceDocument& document) {
  wire::InvoiceRecord record;
  record.status = wire::InvoiceStatus::draft;
  add_letter(record, document);
  add_period(record, document);
  return record;
}

wire::InvoicePayment payment_answer(const store::Payment& payment) {
  wire::InvoicePayment answer;
  answer.idempotency_key = payment.idempotency_key;
  answer.amount = payment.amount;
  answer.date = payment.date;
  answer.reference = filled(payment.reference);
  return answer;
}

}  // namespace tallystick::server
