#include "micro/micro_cases.hpp"

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "load/event_text.hpp"
#include "load/usage_load.hpp"
#include "store/embedded/embedded_store.hpp"
#include "tallystick/core/aggregate.hpp"
#include "tallystick/core/event.hpp"
#include "tallystick/core/metering.hpp"
#include "tallystick/wire/event.hpp"
#include "wire/billing_usage_text.hpp"

namespace tallystick::bench {
namespace {

constexpr std::uint64_t batch_events = 100;
constexpr std::uint64_t group_batches = 16;
constexpr std::uint64_t sealed_events = 96'000;
constexpr std::uint64_t seal_after_events = 16'000;
const core::TimePoint now{core::milliseconds{month_end_ms}};

void require(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(std::string("a micro-benchmark is wrong: ") + what);
}

std::string batch_body(std::uint64_t first) {
  std::string body;
  append_batch(body, MixedLoad(), first, batch_events);
  return body;
}

std::vector<core::Event> batch_of(std::uint64_t first) {
  auto decoded = wire::decode_events(batch_body(first), wire::EventFormat::batch, batch_events);
  require(decoded && decoded->events.size() == batch_events, "decode");
  return std::move(decoded->events);
}

MicroCase parse_case() {
  return {"parse", batch_events, [body = batch_body(0)] {
            const auto decoded = wire::decode_events(body, wire::EventFormat::batch, batch_events);
            require(decoded && decoded->events.size() == batch_events && decoded->faults.empty(), "parse");
          }};
}

MicroCase validate_case() {
  return {"validate", batch_events, [events = batch_of(0)] {
            constexpr auto metering = core::MeteringKind::sum;
            const core::EventContext context{true, &metering, now};
            for (const core::Event& event : events) require(core::check_event(event, context).empty(), "validate");
          }};
}

/// What 64 events of each of 100 resources amount to.
MicroCase fold_case() {
  constexpr std::size_t resources = 100;
  constexpr std::uint64_t events_each = 64;
  std::vector<core::MeteredEvent> events;
  for (std::uint64_t position = 0; position < events_each; ++position) {
    const LoadEvent event = MixedLoad().at(position);
    events.push_back({core::TimePoint{core::milliseconds{event.time_ms}}, std::nullopt,
                      core::Decimal::from_units(core::int128{event.quantity_tenths} * 100'000'000), "edge-01",
                      "evt-1"});
  }
  return {"roll-up fold", resources * events_each, [events = std::move(events)] {
            std::uint64_t count = 0;
            for (std::size_t resource = 0; resource < resources; ++resource) {
              core::AggregateFold fold;
              for (const core::MeteredEvent& event : events) require(fold.add(event).has_value(), "fold");
              count += fold.aggregate().count;
            }
            require(count == resources * events_each, "fold");
          }};
}

/// A store with sealed runs, and nothing in memory.
std::shared_ptr<store::Store> sealed_store(const std::string& directory) {
  store::EmbeddedSettings settings;
  settings.seal_after_events = seal_after_events;
  settings.new_hash_key.fill(0x5a);
  auto opened = store::open_embedded_store(directory + "/micro", settings);
  require(opened.has_value(), "open");
  std::shared_ptr<store::Store> store = std::move(*opened);
  for (std::uint64_t first = 0; first < sealed_events; first += batch_events) {
    const auto events = batch_of(first);
    const store::EventBatch batches[] = {events};
    auto stored = store->commit(batches);
    while (!stored && stored.error().kind == store::StoreError::Kind::overloaded) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      stored = store->commit(batches);
    }
    require(stored.has_value(), "commit");
  }
  while (store->figures().tail_events >= seal_after_events) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return store;
}

/// A group that repeats sealed events alone: every pair is looked up, and nothing is written.
MicroCase dedupe_case(const std::shared_ptr<store::Store>& store) {
  std::vector<std::vector<core::Event>> batches;
  for (std::uint64_t batch = 0; batch < group_batches; ++batch) batches.push_back(batch_of(batch * 1'000));
  return {"dedupe look-up", group_batches * batch_events, [store, batches = std::move(batches)] {
            const std::vector<store::EventBatch> group(batches.begin(), batches.end());
            const auto outcomes = store->commit(group);
            require(outcomes.has_value(), "dedupe");
            for (const store::BatchOutcome& outcome : *outcomes) require(outcome.duplicates == batch_events, "dedupe");
          }};
}

MicroCase usage_case(const std::shared_ptr<store::Store>& store) {
  const auto organization = core::Uuid::parse(organization_id(0)).value();
  const core::Period month{core::TimePoint{core::milliseconds{month_start_ms}}, now};
  const auto resources_of = [store, organization, month] {
    const auto snapshot = store->snapshot();
    std::uint64_t resources = 0;
    const auto read = snapshot->usage(
        organization, month, [](std::string_view) { return false; },
        [&resources](const store::ProductUsage& product) { resources += product.resources.size(); });
    require(read.has_value(), "usage");
    return resources;
  };
  const std::uint64_t resources = resources_of();
  return {"roll-up read", resources,
          [resources_of, resources] { require(resources > 0 && resources_of() == resources, "usage"); }};
}

// What a report's answer is made of; the view borrows from the rest.
struct ReportToEncode {
  std::vector<std::string> products;
  std::vector<std::string> names;
  std::vector<core::ListedResource> resources;
  wire::BillingUsageReportView view;
};

MicroCase encode_case() {
  constexpr std::uint32_t resources_each = 200;
  const auto report = std::make_shared<ReportToEncode>();
  report->view.start_date = core::TimePoint{core::milliseconds{month_start_ms}};
  report->view.end_date = now;
  report->view.status = wire::ReportStatus::complete;
  for (std::uint32_t resource = 0; resource < resources_each; ++resource) {
    LoadEvent event;
    event.resource = resource;
    report->names.push_back(resource_name(event));
  }
  for (std::uint32_t resource = 0; resource < resources_each; ++resource) {
    report->resources.push_back({report->names[resource], report->view.start_date + std::chrono::minutes{resource}});
  }
  for (std::uint16_t product = 0; product < product_count; ++product) report->products.push_back(product_name(product));
  for (const std::string& product : report->products) {
    report->view.usages.push_back({product, "1234.5", report->resources});
  }
  return {"encode a report", product_count * resources_each,
          [report] { require(!wire::to_json(report->view).empty(), "encode"); }};
}

}  // namespace

std::vector<MicroCase> micro_cases(const std::string& directory) {
  const auto store = sealed_store(directory);
  std::vector<MicroCase> cases;
  cases.push_back(parse_case());
  cases.push_back(validate_case());
  cases.push_back(dedupe_case(store));
  cases.push_back(fold_case());
  cases.push_back(usage_case(store));
  cases.push_back(encode_case());
  return cases;
}

}  // namespace tallystick::bench
