#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "http/latency_histogram.hpp"
#include "load/body_file.hpp"

namespace tallystick::bench {

struct IngestPlan {
  std::uint16_t port = 0;
  std::string token;
  std::size_t connections = 64;  ///< with one batch in flight each
  std::uint64_t first_batch = 0;
  std::uint64_t end_batch = 0;
  std::uint64_t events_per_segment = 1'000'000;
};

/// What happened while one stretch of the load was answered.
struct IngestSegment {
  std::uint64_t events = 0;      ///< answered up to its end, from the run's beginning
  double seconds = 0;            ///< from the run's beginning to its end
  double length_seconds = 0;     ///< its own
  std::uint64_t own_events = 0;  ///< its own
  LatencyHistogram latency;      ///< of batches, from the first byte sent to the last of the answer, repeats included
  std::chrono::nanoseconds longest_stop{0};  ///< without an answer on any connection
};

struct IngestResult {
  std::uint64_t events = 0;
  std::uint64_t accepted = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t overloaded = 0;  ///< answers with 503; their batches were sent again
  double seconds = 0;
  LatencyHistogram latency;
  std::chrono::nanoseconds longest_stop{0};
  std::vector<std::uint64_t> events_by_second;
};

/// Sends the batches [first_batch, end_batch), each until it is taken, and calls `on_segment` after every so many
/// events. Throws std::runtime_error on any answer but 200 and 503.
[[nodiscard]] IngestResult run_ingest(const IngestPlan& plan, const BodyFile& bodies,
                                      const std::function<void(const IngestSegment&)>& on_segment);

}  // namespace tallystick::bench
