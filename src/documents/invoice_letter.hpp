#pragma once
#include "documents/pdf_canvas.hpp"
#include "tallystick/wire/invoice_document.hpp"

/// What frames an invoice's table: the letter on the first page, head and foot of the pages.
namespace tallystick::documents {

/// Letter head, address, the block of number, date and terms, title, and who else is named. Gives the top of what may
/// follow below.
[[nodiscard]] Points draw_letter(PdfCanvas& canvas, const wire::InvoiceDocument& invoice);

/// The head of every page but the first.
void draw_later_head(PdfCanvas& canvas, const wire::InvoiceDocument& invoice);

/// `page` is counted from 1.
void draw_footer(PdfCanvas& canvas, const wire::InvoiceDocument& invoice, std::size_t page, std::size_t pages);

}  // namespace tallystick::documents
