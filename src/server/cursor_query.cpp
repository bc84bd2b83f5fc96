#include "server/cursor_query.hpp"

#include <utility>

#include "server/base64url.hpp"
#include "server/whole_number.hpp"
#include "tallystick/core/time.hpp"

namespace tallystick::server {
namespace {

Result<std::size_t, Refusal> read_size(const Query& query) {
  const auto text = query.get_filled("pageSize");
  if (!text) return app::Cursor{}.size;
  const auto size = read_whole_number(*text).value;
  if (size && *size >= 1 && *size <= app::Cursor::size_max) return static_cast<std::size_t>(*size);
  return fail(refuse_query_value(*text, "pageSize", "1 to " + std::to_string(app::Cursor::size_max)));
}

}  // namespace

CursorListing::CursorListing(std::string_view name, std::string address)
    : mark_(std::string(name) + "/"), address_(std::move(address)) {}

void CursorListing::add_filter(std::string_view parameter, std::string_view value) {
  filters_.append(parameter).append("=").append(percent_encode(value)).append("&");
}

void CursorListing::add_filter(std::string_view parameter, const std::optional<core::Day>& day) {
  if (day) add_filter(parameter, core::to_string(*day));
}

Result<app::Cursor, Refusal> CursorListing::read_cursor(const Query& query) const {
  const auto size = read_size(query);
  if (!size) return fail(size.error());
  auto after = read_key(query, "after");
  if (!after) return fail(after.error());
  auto before = read_key(query, "before");
  if (!before) return fail(before.error());
  if (*after && *before) {
    return fail(
        refuse_query_value(query.get("before").value_or(""), "before", "a cursor of previousUri, without after"));
  }
  return app::Cursor{.after = std::move(*after), .before = std::move(*before), .size = *size};
}

CursorLinks CursorListing::links(const app::Cursor& asked, const std::vector<std::string>& keys, bool has_previous,
                                 bool has_next) const {
  CursorLinks links;
  if (asked.after) {
    links.self = address_of_page(asked.size, "after", *asked.after);
  } else if (asked.before) {
    links.self = address_of_page(asked.size, "before", *asked.before);
  } else {
    links.self = address_of_page(asked.size, {}, {});
  }
  if (keys.empty()) return links;
  if (has_next) links.next = address_of_page(asked.size, "after", keys.back());
  if (has_previous) links.previous = address_of_page(asked.size, "before", keys.front());
  return links;
}

std::string CursorListing::cursor_text(std::string_view key) const {
  return to_base64url(mark_ + std::string(key));
}

Result<std::optional<std::string>, Refusal> CursorListing::read_key(const Query& query,
                                                                    std::string_view parameter) const {
  const auto text = query.get_filled(parameter);
  if (!text) return std::optional<std::string>();
  auto read = from_base64url(*text);
  if (read && read->starts_with(mark_)) return std::optional(read->substr(mark_.size()));
  return fail(refuse_query_value(*text, parameter, "a cursor of nextUri or previousUri of this listing"));
}

std::string CursorListing::address_of_page(std::size_t size, std::string_view parameter, std::string_view key) const {
  std::string address = address_ + "?" + filters_ + "pageSize=" + std::to_string(size);
  if (!parameter.empty()) address.append("&").append(parameter).append("=").append(cursor_text(key));
  return address;
}

}  // namespace tallystick::server
