#include "server/invoice_query.hpp"

#include "server/choice_query.hpp"
#include "server/date_query.hpp"

namespace tallystick::server {
namespace {

constexpr Choice<bool> payment_statuses[] = {{"Paid", true}, {"Unpaid", false}};

}  // namespace

Result<app::InvoiceFilter, Refusal> read_invoice_filter(const Query& query, CursorListing& listing) {
  const auto days = read_day_range(query);
  if (!days) return fail(days.error());
  const auto status = read_choice(query, "paymentStatus", payment_statuses);
  if (!status) return fail(status.error());
  app::InvoiceFilter filter;
  filter.from = days->from;
  filter.through = days->through;
  if (*status) filter.is_paid = (*status)->value;
  listing.add_filter("dateStart", days->from);
  listing.add_filter("dateEnd", days->through);
  if (*status) listing.add_filter("paymentStatus", (*status)->word);
  return filter;
}

}  // namespace tallystick::server
