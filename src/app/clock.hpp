#pragma once
#include <functional>

#include "tallystick/core/time.hpp"

namespace tallystick::app {

/// Where a use case that acts later than it was called (the writer, a report's second look) reads the time. main owns
/// the only clock; what answers at once takes a TimePoint instead.
using Clock = std::function<core::TimePoint()>;

}  // namespace tallystick::app
