#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/billing_questions.hpp"
#include "app/cursor_page.hpp"
#include "server/query.hpp"
#include "server/refusal.hpp"
#include "tallystick/core/result.hpp"

/// Paging by cursor, as the published listings of contracts and invoices do it (docs/domain.md, "Paging").
namespace tallystick::server {

/// The address of a page and of its neighbours, relative, with all filters. Absent: there is none.
struct CursorLinks {
  std::string self;
  std::optional<std::string> next, previous;
};

/// One listing as it was asked for. A cursor is opaque to callers: base64url of the listing's name and the row's key,
/// so that it leads nowhere in another listing.
class CursorListing {
 public:
  /// `name`: marks its cursors; `address`: its path.
  CursorListing(std::string_view name, std::string address);

  /// A filter of the question, normalised; they are written in the order in which they are added.
  void add_filter(std::string_view parameter, std::string_view value);
  void add_filter(std::string_view parameter, const std::optional<core::Day>& day);

  /// before, after and pageSize; an empty one is missing. Refused (invalid.query.param.value): a pageSize that is not 1
  /// to 200, what is no cursor of this listing, and both cursors at once.
  [[nodiscard]] Result<app::Cursor, Refusal> read_cursor(const Query& query) const;

  /// `keys`: of the page's rows, in their order.
  [[nodiscard]] CursorLinks links(const app::Cursor& asked, const std::vector<std::string>& keys, bool has_previous,
                                  bool has_next) const;
  template <class Entity>
  [[nodiscard]] CursorLinks links(const app::Cursor& asked, const app::Page<Entity>& page) const {
    return links(asked, page.keys, page.has_previous, page.has_next);
  }

 private:
  [[nodiscard]] std::string cursor_text(std::string_view key) const;
  [[nodiscard]] Result<std::optional<std::string>, Refusal> read_key(const Query& query,
                                                                     std::string_view parameter) const;
  [[nodiscard]] std::string address_of_page(std::size_t size, std::string_view parameter, std::string_view key) const;

  std::string mark_;
  std::string address_;
  std::string filters_;  // `name=value&` each
};

/// Puts the addresses where listings have them.
template <class Listing>
void set_links(Listing& listing, const CursorLinks& links) {
  listing.self_uri = links.self;
  listing.next_uri = links.next;
  listing.previous_uri = links.previous;
}

}  // namespace tallystick::server
