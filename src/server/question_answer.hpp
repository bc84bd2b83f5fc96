#pragma once
#include <functional>
#include <utility>

#include "server/call.hpp"

namespace tallystick::server {

/// Takes the answer of a use case and gives it to the caller: what `encode` makes of the value, an Outcome, on the
/// thread that brings it, or the problem as a refusal.
template <class Value, class Encode>
[[nodiscard]] std::function<void(Result<Value, core::Problem>)> answer_with(Answer answer, Encode encode) {
  return [answer = std::move(answer), encode = std::move(encode)](Result<Value, core::Problem> asked) {
    if (!asked) return answer(fail(refusal_of(std::move(asked.error()))));
    answer(encode(std::move(*asked)));
  };
}

}  // namespace tallystick::server
