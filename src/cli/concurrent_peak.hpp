#pragma once
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "tallystick/wire/concurrent_usage_report.hpp"

/// What every form of the concurrent usage report for people says about a peak.
namespace tallystick::cli {

/// The most resources of a product that were ever present at once.
[[nodiscard]] inline std::int64_t most_at_once(const wire::ConcurrentUsageProduct& product) {
  std::int64_t most = product.peak;
  for (const wire::ConcurrentUsageLevel& level : product.levels) most = std::max(most, level.count);
  return most;
}

/// Why a peak is 0.
inline constexpr std::string_view words_for_no_peak = "never one at once for 30 minutes in all";

}  // namespace tallystick::cli
