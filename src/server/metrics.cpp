#include "server/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <map>
#include <mutex>
#include <tuple>

namespace tallystick::server {

using prometheus::Counter;
using prometheus::Gauge;
using prometheus::Histogram;

class Metrics::Impl {
 public:
  prometheus::Registry registry;
  prometheus::Family<Counter>& requests =
      prometheus::BuildCounter().Name("tallystick_http_requests_total").Help("Requests answered").Register(registry);
  prometheus::Family<Histogram>& durations = prometheus::BuildHistogram()
                                                 .Name("tallystick_http_request_duration_seconds")
                                                 .Help("From a whole request to its answer")
                                                 .Register(registry);
  prometheus::Family<Counter>& events = prometheus::BuildCounter()
                                            .Name("tallystick_events_total")
                                            .Help("Usage events of batches that were taken")
                                            .Register(registry);
  prometheus::Family<Counter>& tokens =
      prometheus::BuildCounter().Name("tallystick_token_requests_total").Help("Log-ins").Register(registry);
  Counter& accepted = events.Add({{"outcome", "accepted"}});
  Counter& duplicates = events.Add({{"outcome", "duplicate"}});
  Counter& conflicts = events.Add({{"outcome", "conflict"}});
  struct OfRequests {
    Counter& requests;
    Histogram& durations;
  };
  /// Looked up by what is the same for all requests of a kind: a family makes and hashes its labels each time.
  OfRequests of(std::string_view route, std::string_view method, int status) {
    const std::scoped_lock lock(mutex_);
    const auto key = std::tuple(route, method, status);
    const auto found = known_.find(key);
    if (found != known_.end()) return found->second;
    static const Histogram::BucketBoundaries seconds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                     0.25,  0.5,    1,     2.5,  5,     10};
    Counter& counter = requests.Add(
        {{"route", std::string(route)}, {"method", std::string(method)}, {"status", std::to_string(status)}});
    return known_.emplace(key, OfRequests{counter, durations.Add({{"route", std::string(route)}}, seconds)})
        .first->second;
  }

  Gauge& queued_events = gauge("tallystick_queue_events", "Events waiting or being written");
  Gauge& events_stored = gauge("tallystick_store_events", "Events stored for ever, voids included");
  Gauge& tail_events = gauge("tallystick_store_tail_events", "Events in memory that are not sealed yet");
  Gauge& bytes_on_disk = gauge("tallystick_store_disk_bytes", "Size of the data directory");

 private:
  std::mutex mutex_;
  std::map<std::tuple<std::string_view, std::string_view, int>, OfRequests> known_;

  Gauge& gauge(const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
  }
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::count_request(std::string_view route, std::string_view method, int status,
                            std::chrono::nanoseconds duration) {
  const auto known = impl_->of(route, method, status);
  known.requests.Increment();
  known.durations.Observe(std::chrono::duration<double>(duration).count());
}

void Metrics::count_events(std::uint64_t accepted, std::uint64_t duplicates, std::uint64_t conflicts) {
  impl_->accepted.Increment(static_cast<double>(accepted));
  impl_->duplicates.Increment(static_cast<double>(duplicates));
  impl_->conflicts.Increment(static_cast<double>(conflicts));
}

void Metrics::count_token_request(std::string_view outcome) {
  impl_->tokens.Add({{"outcome", std::string(outcome)}}).Increment();
}

std::string Metrics::text(const app::ServiceFigures& figures) {
  impl_->queued_events.Set(static_cast<double>(figures.queued_events));
  impl_->events_stored.Set(static_cast<double>(figures.events_stored));
  impl_->tail_events.Set(static_cast<double>(figures.tail_events));
  impl_->bytes_on_disk.Set(static_cast<double>(figures.bytes_on_disk));
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace tallystick::server
