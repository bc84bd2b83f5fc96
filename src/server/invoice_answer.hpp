#pragma once
#include <vector>

#include "app/billing_questions.hpp"
#include "app/settlements.hpp"
#include "tallystick/wire/billing_invoice.hpp"
#include "tallystick/wire/invoice_document.hpp"
#include "tallystick/wire/invoice_record.hpp"

/// Invoices as the published API and tallystick's own addresses write them (docs/domain.md, "Invoices").
namespace tallystick::server {

[[nodiscard]] wire::BillingInvoice invoice_answer(const wire::InvoiceDocument& document,
                                                  const store::SettledInvoice& invoice);

enum class InvoiceStage { draft, issued };

/// The lines; quantities as whole numbers, and without a date of transaction while the invoice is a draft.
[[nodiscard]] std::vector<wire::BillingInvoiceItem> invoice_items(const wire::InvoiceDocument& document,
                                                                  InvoiceStage stage);

/// An issued one with all of its letter.
[[nodiscard]] wire::InvoiceRecord invoice_record(const wire::InvoiceDocument& document,
                                                 const store::SettledInvoice& invoice);
/// An issued one without what only its text has: parties, addresses, terms and period.
[[nodiscard]] wire::InvoiceRecord invoice_record(const store::SettledInvoice& invoice);
/// A draft: nothing is paid yet, and nothing due.
[[nodiscard]] wire::InvoiceRecord draft_record(const wire::InvoiceDocument& document);

[[nodiscard]] wire::InvoicePayment payment_answer(const store::Payment& payment);

}  // namespace tallystick::server
