#pragma once
#include <string>
#include <vector>

#include "app/cursor_page.hpp"
#include "server/cursor_query.hpp"
#include "tallystick/wire/billing_invoice.hpp"

namespace tallystick::server {

/// The listing of an invoice's lines under the path `address`.
[[nodiscard]] CursorListing invoice_lines_listing(std::string address);

/// The part of the lines, in the order of the invoice, that `cursor` asks for.
[[nodiscard]] wire::BillingInvoiceItemListing invoice_lines_answer(const CursorListing& listing,
                                                                   const app::Cursor& cursor,
                                                                   std::vector<wire::BillingInvoiceItem> items);

}  // namespace tallystick::server
