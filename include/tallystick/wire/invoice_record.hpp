#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tallystick/core/decimal.hpp"
#include "tallystick/core/time.hpp"
#include "tallystick/wire/billing_invoice.hpp"
#include "tallystick/wire/json.hpp"

#pragma GCC visibility push(default)
/// Tallystick's own view of invoices (/tallystick/v1/invoices, /tallystick/v1/periods/close): numbers, drafts,
/// payments, credit notes.
namespace tallystick::wire {

enum class InvoiceStatus { draft, issued };
template <>
struct EnumTexts<InvoiceStatus> {
  static constexpr std::pair<InvoiceStatus, std::string_view> values[] = {{InvoiceStatus::draft, "Draft"},
                                                                          {InvoiceStatus::issued, "Issued"}};
};

/// The fields of BillingInvoice, and what the published model has no place for.
struct InvoiceRecord {
  std::optional<std::string> id;
  std::optional<std::string> number;  ///< absent: a draft
  OpenEnum<InvoiceStatus> status;
  std::optional<Customer> bill_to_customer;
  std::optional<Customer> ship_to_customer;
  std::optional<Customer> sold_to_customer;
  std::optional<core::Day> date_invoiced;  ///< of a draft absent
  std::optional<core::Day> date_start;     ///< of the period
  std::optional<core::Day> date_end;
  std::optional<std::string> contract_id;
  std::optional<std::string> credited_invoice_id;
  std::optional<InvoiceAddress> bill_to_address;
  std::optional<InvoiceAddress> ship_to_address;
  std::optional<std::string> currency_iso_code;
  std::optional<OpenEnum<PaymentStatus>> payment_status;
  std::optional<std::string> payment_terms;
  std::optional<std::string> payment_link;
  std::optional<std::string> customer_po_number;
  std::optional<std::string> customer_invoice_type;
  core::Decimal amount;
  core::Decimal amount_paid;
  core::Decimal amount_credited;
  core::Decimal amount_due;
  UnknownFields unknown;
  friend bool operator==(const InvoiceRecord&, const InvoiceRecord&) = default;
};

/// A page of invoices. Addresses are relative paths; one that leads nowhere is absent.
struct InvoiceRecordListing {
  std::vector<InvoiceRecord> entities;
  std::optional<std::string> next_uri;
  std::optional<std::string> self_uri;
  std::optional<std::string> previous_uri;
  UnknownFields unknown;
  friend bool operator==(const InvoiceRecordListing&, const InvoiceRecordListing&) = default;
};

/// Body of POST /tallystick/v1/invoices/{id}/payments, and an element of its GET.
struct InvoicePayment {
  std::string idempotency_key;    ///< 1 to 128 bytes; the same key and payment again changes nothing
  core::Decimal amount;           ///< above 0
  std::optional<core::Day> date;  ///< absent: today
  std::optional<std::string> reference;
  UnknownFields unknown;
  friend bool operator==(const InvoicePayment&, const InvoicePayment&) = default;
};

/// All payments of an invoice.
struct InvoicePaymentListing {
  std::vector<InvoicePayment> entities;
  UnknownFields unknown;
  friend bool operator==(const InvoicePaymentListing&, const InvoicePaymentListing&) = default;
};

/// Body of POST /tallystick/v1/invoices/{id}/creditnotes.
struct CreditNoteRequest {
  std::string idempotency_key;          ///< 1 to 128 bytes; the same key again answers the same credit note
  std::optional<core::Decimal> amount;  ///< above 0; absent: all that is left of the invoice
  std::string reason;
  UnknownFields unknown;
  friend bool operator==(const CreditNoteRequest&, const CreditNoteRequest&) = default;
};

/// Body of POST /tallystick/v1/periods/close.
struct ClosePeriodsRequest {
  std::string organization_id;
  std::optional<core::Day> through;  ///< periods whose last day is this or before; absent: all that have ended
  UnknownFields unknown;
  friend bool operator==(const ClosePeriodsRequest&, const ClosePeriodsRequest&) = default;
};

/// A billing period that was closed, and its invoice.
struct ClosedPeriodRecord {
  std::string contract_id;
  std::string billing_period_id;
  core::Day date_start;
  core::Day date_end;
  std::string invoice_id;
  std::string invoice_number;
  std::string currency_iso_code;
  core::Decimal amount;
  UnknownFields unknown;
  friend bool operator==(const ClosedPeriodRecord&, const ClosedPeriodRecord&) = default;
};

/// The answer: what was closed, in this order, and the invoices that were issued for adjustments alone.
struct ClosePeriodsAnswer {
  std::vector<ClosedPeriodRecord> closed;
  std::vector<InvoiceRecord> adjustment_invoices;
  UnknownFields unknown;
  friend bool operator==(const ClosePeriodsAnswer&, const ClosePeriodsAnswer&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
