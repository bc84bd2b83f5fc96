#pragma once
#include <cstdint>
#include <limits>
#include <stop_token>
#include <string>
#include <vector>

#include "http/latency_histogram.hpp"

namespace tallystick::bench {

/// Reads of a second, small client: one connection, one request after the other, begun on a fixed beat.
struct PacedPlan {
  std::uint16_t port = 0;
  std::string token;
  std::vector<std::string> targets;  ///< taken in turn; at least one
  double per_second = 20;
  std::uint64_t requests_max = std::numeric_limits<std::uint64_t>::max();
};

struct PacedResult {
  std::vector<LatencyHistogram> by_target;  ///< in the order of the plan
  LatencyHistogram latency;                 ///< of all
  /// From the moment at which a request was due, so that a slow answer counts for those too that it held up.
  LatencyHistogram since_due;
};

/// Reads until it is told to stop or requests_max were made. Throws std::runtime_error on any answer but 200.
[[nodiscard]] PacedResult read_paced(const PacedPlan& plan, const std::stop_token& stop);

}  // namespace tallystick::bench
