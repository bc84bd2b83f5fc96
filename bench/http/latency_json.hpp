#pragma once
#include <boost/json.hpp>

#include "http/latency_histogram.hpp"

namespace tallystick::bench {

[[nodiscard]] inline boost::json::object latency_json(const LatencyHistogram& latency) {
  return {{"count", latency.count()},
          {"p50_ms", latency.quantile_ms(0.5)},
          {"p99_ms", latency.quantile_ms(0.99)},
          {"max_ms", latency.max_ms()}};
}

}  // namespace tallystick::bench
