#pragma once
#include "app/billing_questions.hpp"
#include "server/cursor_query.hpp"
#include "server/query.hpp"
#include "server/refusal.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::server {

/// dateStart, dateEnd (server/date_query.hpp) and paymentStatus (Paid or Unpaid, without case) of a listing of
/// invoices; they become filters of `listing`. Refused: invalid.date, constraint.validation, invalid.query.param.value.
[[nodiscard]] Result<app::InvoiceFilter, Refusal> read_invoice_filter(const Query& query, CursorListing& listing);

}  // namespace tallystick::server
