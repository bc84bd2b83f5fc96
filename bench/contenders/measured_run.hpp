#pragma once
#include <cstdint>
#include <functional>

#include "contenders/contender.hpp"
#include "http/latency_histogram.hpp"

namespace tallystick::bench {

struct MeasuredSegment {
  std::uint64_t events = 0;      ///< taken up to its end
  std::uint64_t own_events = 0;  ///< taken in it
  double seconds = 0;            ///< its own
  LatencyHistogram latency;      ///< of groups
};

struct MeasuredResult {
  std::uint64_t accepted = 0;
  std::uint64_t duplicates = 0;
  double seconds = 0;
  double preparation_cpu_seconds = 0;  ///< of the thread that makes the events
  LatencyHistogram latency;
};

struct MeasuredPlan {
  std::uint64_t events = 0;
  std::uint64_t group_events = 1'600;
  std::uint64_t segment_events = 1'000'000;
};

/// Commits the first `events` of the load, group by group. A second thread makes groups ahead, and the clock runs.
[[nodiscard]] MeasuredResult measure(Contender& contender, const Load& load, const MeasuredPlan& plan,
                                     const std::function<void(const MeasuredSegment&)>& on_segment);

}  // namespace tallystick::bench
