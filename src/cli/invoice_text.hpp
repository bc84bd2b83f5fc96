#pragma once
#include <string>

#include "cli/output.hpp"
#include "tallystick/wire/billing_invoice.hpp"
#include "tallystick/wire/invoice_record.hpp"

/// Invoices as `output` wants them; JSON is the model as it was answered.
namespace tallystick::cli {

[[nodiscard]] std::string invoices_text(const wire::BillingInvoiceListing& listing, const Output& output);

/// With numbers, periods, what is due, and drafts.
[[nodiscard]] std::string invoice_records_text(const wire::InvoiceRecordListing& listing, const Output& output);
[[nodiscard]] std::string invoice_record_text(const wire::InvoiceRecord& invoice, const Output& output);

/// The table ends with the sum.
[[nodiscard]] std::string invoice_lines_text(const wire::BillingInvoiceItemListing& listing, const Output& output);

[[nodiscard]] std::string payment_text(const wire::InvoicePayment& payment, const Output& output);

/// What was closed, and the invoices for adjustments alone after it.
[[nodiscard]] std::string closed_periods_text(const wire::ClosePeriodsAnswer& answer, const Output& output);

}  // namespace tallystick::cli
