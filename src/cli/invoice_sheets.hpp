#pragma once
#include <optional>
#include <span>
#include <string>

#include "cli/sheet_text.hpp"
#include "tallystick/wire/billing_invoice.hpp"
#include "tallystick/wire/invoice_record.hpp"

/// Invoices as tables for other programs. What is given must outlive the sheet.
namespace tallystick::cli {

[[nodiscard]] Sheet invoice_sheet(std::span<const wire::BillingInvoice> invoices);
[[nodiscard]] Sheet invoice_record_sheet(std::span<const wire::InvoiceRecord> invoices);
/// `currency`: of the amounts, where it is known.
[[nodiscard]] Sheet invoice_line_sheet(std::span<const wire::BillingInvoiceItem> lines,
                                       std::optional<std::string> currency);
[[nodiscard]] Sheet payment_sheet(const wire::InvoicePayment& payment, std::optional<std::string> currency);
[[nodiscard]] Sheet closed_period_sheet(const wire::ClosePeriodsAnswer& answer);

}  // namespace tallystick::cli
