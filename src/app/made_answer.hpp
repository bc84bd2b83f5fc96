#pragma once
#include <exception>

#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// What `make` answers; where it throws (no memory for usage of that size), an internal problem. For threads of which
/// nobody would catch it.
template <class Value, class Make>
[[nodiscard]] Result<Value, core::Problem> made_answer(const Make& make) {
  try {
    return make();
  } catch (const std::exception& error) {
    return fail(core::Problem{core::ProblemKind::internal, error.what(), {}, 0});
  }
}

}  // namespace tallystick::app
