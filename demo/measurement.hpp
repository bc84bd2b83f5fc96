#pragma once
#include <string_view>

#include "demo/customer.hpp"
#include "demo/random.hpp"
#include "demo/workplace.hpp"
#include "tallystick/core/event.hpp"

namespace tallystick::demo {

/// The systems of a customer that measure what people and machines use.
class Measurement {
 public:
  Measurement(const Customer& customer, const Workplace& workplace, Random& random)
      : customer_(customer), workplace_(workplace), random_(random) {}

  /// One event of any product in the month of the demo, at a time at which it would happen: a moment, or for calls and
  /// sessions of the copilot an interval.
  [[nodiscard]] core::UsageEvent measure();

 private:
  core::UsageEvent user_at_work();
  core::UsageEvent call();
  core::UsageEvent copilot_session();
  core::UsageEvent station_in_use();
  core::UsageEvent edge_in_use();
  core::UsageEvent channels_in_use();
  core::UsageEvent requests();
  core::UsageEvent messages();
  core::UsageEvent archive_size();

  core::UsageEvent event(std::string_view system, std::string_view product, std::string_view resource,
                         core::TimePoint time);
  core::TimePoint working_time(std::size_t day, int shift_hours);
  core::TimePoint any_time();

  const Customer& customer_;
  const Workplace& workplace_;
  Random& random_;
};

}  // namespace tallystick::demo
