#pragma once
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "cli/failure.hpp"
#include "tallystick/client/page_query.hpp"

namespace tallystick::cli {

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
/// several the links are left out, since they lead to parts of this. `ask(PageQuery)` asks for one page.
template <class Listing, class Ask>
[[nodiscard]] Result<Listing, Failure> all_pages(const Ask& ask) {
  PageQuery query;
  query.size = PageQuery::size_max;
  ApiResult<Listing> all = ask(query);
  if (!all) return fail(failure_of(all.error()));
  std::optional<std::string> next = all->next_uri;
  if (!next) return *std::move(all);
  while (next) {
    auto cursor = cursor_after(*next);
    if (!cursor || cursor == query.after) {
      return fail(Failure{ExitCode::failed, "the service's nextUri leads to no further page: " + *next});
    }
    query.after = *std::move(cursor);
    ApiResult<Listing> page = ask(query);
    if (!page) return fail(failure_of(page.error()));
    next = std::move(page->next_uri);
    append_entities(all->entities, std::move(page->entities));
  }
  for (auto* link : {&all->next_uri, &all->previous_uri, &all->self_uri}) link->reset();
  return *std::move(all);
}

}  // namespace tallystick::cli
