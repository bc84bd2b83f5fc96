#pragma once
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "cli/failure.hpp"
#include "tallystick/client/list_call.hpp"
#include "tallystick/client/page_query.hpp"

namespace tallystick::cli {

/// The first page of a listing for those who want all of them: as large as the service allows.
[[nodiscard]] inline PageQuery large_pages() {
  return {.before = {}, .after = {}, .size = PageQuery::size_max};
}

template <class Entity>
void append_entities(std::vector<Entity>& all, std::vector<Entity> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

template <class Entity>
void append_entities(std::optional<std::vector<Entity>>& all, std::optional<std::vector<Entity>> more) {
  if (!more) return;
  if (!all) all.emplace();
  append_entities(*all, *std::move(more));
}

/// All pages of a listing as one: the first page with the entities of all. A single page is as it was answered; of
/// several the links are left out, since they lead to parts of this.
template <class Listing>
[[nodiscard]] Result<Listing, Failure> all_pages(const ListCall<Listing>& call) {
  std::optional<Listing> all;
  for (auto& page : call.pages()) {
    if (!page) return fail(failure_of(page.error()));
    if (!all) {
      all = *std::move(page);
      continue;
    }
    append_entities(all->entities, std::move(page->entities));
    for (auto* link : {&all->next_uri, &all->previous_uri, &all->self_uri}) link->reset();
  }
  return *std::move(all);
}

}  // namespace tallystick::cli
