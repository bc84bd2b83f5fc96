#include "app/clock.hpp"

namespace tallystick::app {

TestClock::TestClock(core::TimePoint start)
    : milliseconds_since_epoch_(std::make_shared<std::atomic<core::TimePoint::rep>>(start.time_since_epoch().count())) {
}

core::TimePoint TestClock::operator()() const {
  return core::TimePoint(core::milliseconds(milliseconds_since_epoch_->load()));
}

Status<core::Problem> TestClock::set(core::TimePoint next) {
  const auto wanted = next.time_since_epoch().count();
  auto stands_at = milliseconds_since_epoch_->load();
  do {
    if (wanted < stands_at) {
      const core::TimePoint now{core::milliseconds(stands_at)};
      return fail(core::Problem{core::ProblemKind::invalid,
                                "The clock never goes back.",
                                {{"/now", "must not be before the clock's time, " + core::to_string(now)}}});
    }
  } while (!milliseconds_since_epoch_->compare_exchange_weak(stands_at, wanted));
  return {};
}

}  // namespace tallystick::app
