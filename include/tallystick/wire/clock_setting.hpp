#pragma once
#include "tallystick/core/time.hpp"
#include "tallystick/wire/json.hpp"

#pragma GCC visibility push(default)
namespace tallystick::wire {

/// Body of GET and PUT /tallystick/v1/clock.
struct ClockSetting {
  core::TimePoint now;
  UnknownFields unknown;
  friend bool operator==(const ClockSetting&, const ClockSetting&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
