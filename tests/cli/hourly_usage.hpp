#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "tallystick/wire/concurrent_usage_report.hpp"

namespace tallystick::cli_test {

/// One hour after the other from `start` on, with these maxima.
inline std::vector<wire::ConcurrentUsageHour> hours_from(std::string_view start,
                                                         const std::vector<std::int64_t>& maxima) {
  core::TimePoint time = core::parse_time(start).value();
  std::vector<wire::ConcurrentUsageHour> hours;
  for (const std::int64_t max : maxima) {
    hours.push_back({time, max, {}});
    time += std::chrono::hours{1};
  }
  return hours;
}

}  // namespace tallystick::cli_test
