#pragma once
#include <optional>
#include <string>

#include "cli/output.hpp"
#include "tallystick/wire/billing_invoice.hpp"
#include "tallystick/wire/invoice_record.hpp"

/// Invoices as `output` wants them; JSON is the model as it was answered.
namespace tallystick::cli {

[[nodiscard]] Result<std::string, Failure> invoices_text(const wire::BillingInvoiceListing& listing,
                                                         const Output& output);

/// With numbers, periods, what is due, and drafts.
[[nodiscard]] Result<std::string, Failure> invoice_records_text(const wire::InvoiceRecordListing& listing,
                                                                const Output& output);
[[nodiscard]] Result<std::string, Failure> invoice_record_text(const wire::InvoiceRecord& invoice,
                                                               const Output& output);

/// The table ends with the sum. `currency`: of the amounts, where it is known.
[[nodiscard]] Result<std::string, Failure> invoice_lines_text(const wire::BillingInvoiceItemListing& listing,
                                                              const std::optional<std::string>& currency,
                                                              const Output& output);

[[nodiscard]] Result<std::string, Failure> payment_text(const wire::InvoicePayment& payment,
                                                        const std::optional<std::string>& currency,
                                                        const Output& output);

/// What was closed, and the invoices for adjustments alone after it.
[[nodiscard]] Result<std::string, Failure> closed_periods_text(const wire::ClosePeriodsAnswer& answer,
                                                               const Output& output);

}  // namespace tallystick::cli
