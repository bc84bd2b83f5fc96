#include "server/invoice_lines_answer.hpp"

#include <iterator>
#include <utility>

namespace tallystick::server {
namespace {

/// Keys fall along a list, so that of the line with index 0 is the greatest.
std::vector<std::string> keys_of(std::size_t count) {
  constexpr std::size_t greatest = 999'999'999;
  std::vector<std::string> keys;
  keys.reserve(count);
  for (std::size_t i = 0; i < count; ++i) keys.push_back(std::to_string(greatest - i));
  return keys;
}

}  // namespace

CursorListing invoice_lines_listing(std::string address) {
  return {"lines", std::move(address)};
}

wire::BillingInvoiceItemListing invoice_lines_answer(const CursorListing& listing, const app::Cursor& cursor,
                                                     std::vector<wire::BillingInvoiceItem> items) {
  const std::vector<std::string> keys = keys_of(items.size());
  const app::CursorPage page = app::page_of(keys, cursor);
  const auto at = [](auto& all, std::size_t index) { return all.begin() + static_cast<std::ptrdiff_t>(index); };
  wire::BillingInvoiceItemListing answer;
  answer.entities.emplace(std::make_move_iterator(at(items, page.begin)), std::make_move_iterator(at(items, page.end)));
  const std::vector<std::string> shown(at(keys, page.begin), at(keys, page.end));
  set_links(answer, listing.links(cursor, shown, page.has_previous, page.has_next));
  return answer;
}

}  // namespace tallystick::server
