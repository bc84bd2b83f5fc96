#pragma once
#include <string>

#include "tallystick/core/result.hpp"
#include "tallystick/wire/invoice_document.hpp"

/// Issued invoices as files that people keep. The same invoice gives the same bytes.
namespace tallystick::documents {

/// A4 pages with embedded fonts. The failure is a sentence for the log.
[[nodiscard]] Result<std::string, std::string> invoice_pdf(const wire::InvoiceDocument& invoice);

/// A workbook (Office Open XML) with a sheet of the lines and one of the letter. Quantities, prices and amounts are
/// exact: as text where a spreadsheet's binary numbers could not hold them. The failure is a sentence for the log.
[[nodiscard]] Result<std::string, std::string> invoice_workbook(const wire::InvoiceDocument& invoice);

/// CSV with a header in the columns of the FinOps FOCUS specification, version 1.2, a row each line.
[[nodiscard]] std::string invoice_focus_csv(const wire::InvoiceDocument& invoice);

}  // namespace tallystick::documents
