#pragma once
#include <string>

#include "store/store.hpp"
#include "tallystick/core/problem.hpp"

namespace tallystick::app {

/// When a caller that we were too busy for should come back.
inline constexpr int overload_retry_after_s = 1;

/// "Come back later", with what is busy.
[[nodiscard]] core::Problem overloaded(std::string message);

/// What a failure of the store means to a caller: overloaded stays so, all else is storage_failed. The message is the
/// store's own: for the log, not for callers.
[[nodiscard]] core::Problem problem_of(const store::StoreError& error);

}  // namespace tallystick::app
