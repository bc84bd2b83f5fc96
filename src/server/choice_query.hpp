#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "server/exchange.hpp"
#include "server/query.hpp"
#include "server/refusal.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::server {

/// What a word of a query parameter stands for.
template <class Value>
struct Choice {
  std::string_view word;
  Value value;
};

/// A query parameter that is one of some words, compared without case. Absent: missing or empty. Refused
/// (invalid.query.param.value, with the words): anything else.
template <class Value, std::size_t Count>
[[nodiscard]] Result<std::optional<Choice<Value>>, Refusal> read_choice(const Query& query, std::string_view name,
                                                                        const Choice<Value> (&choices)[Count]) {
  const auto text = query.get_filled(name);
  if (!text) return std::optional<Choice<Value>>();
  std::string words;
  for (const Choice<Value>& choice : choices) {
    if (equals_without_case(*text, choice.word)) return std::optional(choice);
    words.append(words.empty() ? "" : ", ").append(choice.word);
  }
  return fail(refuse_query_value(*text, name, words));
}

}  // namespace tallystick::server
