#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "client/answer.hpp"
#include "tallystick/client/list_call.hpp"
#include "tallystick/client/page_query.hpp"

/// How methods of the API classes make their calls.
namespace tallystick::client {

/// The path of a call without its query: what messages name.
[[nodiscard]] inline std::string path_of(const Connection::Call& call) {
  return call.path.substr(0, call.path.find('?'));
}

/// `model`: what the answer is expected to be, for messages; a literal.
template <class Model>
[[nodiscard]] typename ApiCall<Model>::Decode decoder(const Connection::Call& call, std::string_view model) {
  return [path = path_of(call), model](const HttpResponse& answer) { return decode<Model>(answer, path, model); };
}

template <class Model>
[[nodiscard]] ApiCall<Model> api_call(const Connection& connection, Connection::Call call, std::string_view model) {
  auto decode_answer = decoder<Model>(call, model);
  return {connection, std::move(call), std::move(decode_answer)};
}

/// A listing by cursors. `make_call` makes the call of a page: `Connection::Call(const PageQuery&)`. The next page has
/// the cursor of the former one's nextUri and all else of the first.
template <class Listing, class MakeCall>
[[nodiscard]] ListCall<Listing> cursor_call(const Connection& connection, const PageQuery& first, MakeCall make_call,
                                            std::string_view model) {
  auto call = make_call(first);
  auto decode_answer = decoder<Listing>(call, model);
  auto next = [size = first.size, make_call = std::move(make_call), path = path_of(call)](
                  const Listing& page, const PathsAsked& asked) -> ApiResult<std::optional<Connection::Call>> {
    if (!page.next_uri) return std::optional<Connection::Call>();
    auto cursor = cursor_after(*page.next_uri);
    if (!cursor) return fail(no_further_page(path, *page.next_uri));
    Connection::Call further = make_call(PageQuery{.before = {}, .after = *std::move(cursor), .size = size});
    if (asked.contains(further.path)) return fail(no_further_page(path, *page.next_uri));
    return std::optional(std::move(further));
  };
  return {connection, std::move(call), std::move(decode_answer), std::move(next)};
}

}  // namespace tallystick::client
