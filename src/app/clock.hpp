#pragma once
#include <atomic>
#include <functional>
#include <memory>

#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"
#include "tallystick/core/time.hpp"

namespace tallystick::app {

/// Where a use case that acts later than it was called (the writer, a report's second look) reads the time. main owns
/// the only clock; what answers at once takes a TimePoint instead.
using Clock = std::function<core::TimePoint()>;

/// The clock of `serve --clock T`: it stands at T until it is set, and never goes back. Any thread. Copies are one
/// clock, so it can be passed as a Clock.
class TestClock {
 public:
  explicit TestClock(core::TimePoint start);

  [[nodiscard]] core::TimePoint operator()() const;

  /// Moves the clock to `next`. Setting it to where it stands is no change; going back is invalid at `/now`.
  [[nodiscard]] Status<core::Problem> set(core::TimePoint next);

 private:
  std::shared_ptr<std::atomic<core::TimePoint::rep>> milliseconds_since_epoch_;
};

}  // namespace tallystick::app
