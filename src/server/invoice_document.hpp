#pragma once
#include "app/billing_texts.hpp"
#include "app/period_bill.hpp"
#include "tallystick/wire/invoice_document.hpp"

namespace tallystick::server {

/// All that is on an invoice or a credit note, as it is frozen (docs/domain.md, "Invoices"). Several purchase orders of
/// a contract are written in one field, with `, ` between them.
[[nodiscard]] wire::InvoiceDocument invoice_document(const app::InvoiceContents& contents);

/// The same of a period that is still open. What only an issued invoice has, number, seller and a date, is empty or
/// stands for nothing.
[[nodiscard]] wire::InvoiceDocument draft_document(const app::PeriodBill& bill);

}  // namespace tallystick::server
