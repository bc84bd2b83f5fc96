#include <gtest/gtest.h>
// GoogleTest first: rapidcheck's bridge expects its macros.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "app/catalog_snapshot.hpp"
#include "app/counted_usage.hpp"
#include "app/sample_catalog.hpp"
#include "store/memory/memory_store.hpp"
#include "store/store_under_test.hpp"

// Corrections leave no trace: whatever the order in which events and voids come, every total is that of a store which
// holds only the events that no void names.
namespace tallystick::app {
namespace {

using core::MeteringKind;
using test::at;

struct Offered {
  std::string key;
  MeteringKind kind;
  std::string family;
  std::int64_t rank = 0;
};
const std::vector<Offered> offered{
    {"named-1", MeteringKind::unique, "cx", 1},       {"named-2", MeteringKind::unique, "cx", 2},
    {"named-3", MeteringKind::unique, "cx", 3},       {"at-once-1", MeteringKind::concurrent, "cx", 1},
    {"at-once-2", MeteringKind::concurrent, "cx", 2}, {"calls", MeteringKind::duration, "", 0},
    {"calls-by-6-s", MeteringKind::duration, "", 0},  {"requests", MeteringKind::sum, "", 0},
    {"channels", MeteringKind::max, "", 0},           {"storage", MeteringKind::latest, "", 0},
    {"phones", MeteringKind::unique, "", 0},
};

std::shared_ptr<const CatalogSnapshot> catalog() {
  core::Catalog declared = test::sample_catalog();
  declared.products.clear();
  for (const Offered& each : offered) {
    core::Product& product = declared.products.emplace_back(test::product(each.key, each.key, each.kind));
    if (!each.family.empty()) {
      product.metering.family = each.family;
      product.metering.rank = each.rank;
    }
    if (each.kind == MeteringKind::duration) product.metering.unit = core::MeteringUnit::minute;
    if (each.key == "calls-by-6-s") product.metering.step_seconds = 6;
  }
  return std::make_shared<const CatalogSnapshot>(std::move(declared), test::operator_client());
}

const core::TimePoint begin = at("2026-03-30T18:00:00Z");
constexpr std::int64_t ms_per_minute = 60'000;

// Three days around the end of a month, on a grid on which moments meet, and a little beside it.
core::TimePoint any_moment() {
  const auto minute = *rc::gen::inRange<std::int64_t>(0, 3 * 144) * 10;
  return begin + core::milliseconds{minute * ms_per_minute + *rc::gen::element(0, 0, 0, 1)};
}

core::Event any_usage(int number) {
  const Offered product = *rc::gen::elementOf(offered);
  core::UsageEvent event;
  event.source = "s";
  event.id = std::to_string(number);
  event.organization = test::bank;
  event.product = product.key;
  event.resource = *rc::gen::element<std::string>("ana", "ben", "cem");
  event.time = any_moment();
  const auto until = core::rule_of(product.kind).until;
  const bool is_interval = until == core::MeteringRule::Until::required ||
                           (until == core::MeteringRule::Until::optional && *rc::gen::inRange(0, 2) == 0);
  if (is_interval) {
    event.until =
        event.time + core::milliseconds{*rc::gen::element<std::int64_t>(1, 7 * ms_per_minute, 30 * ms_per_minute,
                                                                        90 * ms_per_minute, 1'500 * ms_per_minute)};
  } else {
    event.quantity = test::decimal(*rc::gen::element<std::string>("0", "1", "2.5", "7"));
  }
  return event;
}

// What is to be seen of an answer.
std::vector<std::string> answer(const store::Store& store, const CatalogSnapshot& catalog, const core::Period& period,
                                core::TimePoint now) {
  const auto snapshot = store.snapshot();
  const auto counted = counted_usage(*snapshot, catalog, {test::bank, period, now});
  RC_ASSERT(counted.has_value());
  std::vector<std::string> lines;
  for (const CountedUsage& each : *counted) {
    std::string line = each.product->key + " " + each.total.to_string();
    for (const auto& resource : each.resources) {
      line += " " + std::string(resource.name) + " " + core::to_string(resource.date) + " " +
              std::to_string(resource.presence.count());
    }
    if (each.concurrency) {
      for (const auto& level : each.concurrency->levels) line += " " + std::to_string(level.length.count());
      for (const auto& hour : each.concurrency->hours) line += " " + std::to_string(hour.max);
    }
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

void commit(store::Store& store, const std::vector<core::Event>& events) {
  for (std::size_t at = 0; at < events.size();) {
    const std::size_t size = std::min(events.size() - at, *rc::gen::inRange<std::size_t>(1, 6));
    const store::EventBatch batch(events.data() + at, size);
    RC_ASSERT(store.commit(std::span(&batch, 1)).has_value());
    at += size;
  }
}

RC_GTEST_PROP(Corrections, LeaveNoTraceInAnyOrder, ()) {
  const auto products = catalog();
  const int count = *rc::gen::inRange(1, 40);
  std::vector<core::Event> sent;
  std::vector<core::Event> counting;
  for (int number = 0; number < count; ++number) {
    core::Event event = any_usage(number);
    sent.push_back(event);
    if (*rc::gen::inRange(0, 3) != 0) {
      counting.push_back(std::move(event));
      continue;
    }
    for (int times = *rc::gen::inRange(1, 3); times > 0; --times) {
      sent.push_back(core::VoidEvent{"desk", std::to_string(number) + "/" + std::to_string(times), test::bank, "s",
                                     std::to_string(number)});
    }
  }
  std::shuffle(sent.begin(), sent.end(), std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));

  const auto from_scratch = store::make_memory_store();
  const auto in_memory = store::make_memory_store();
  const auto embedded =
      store::test::make_embedded(store::test::small_settings(*rc::gen::inRange<std::uint64_t>(1, 20)));
  commit(*from_scratch, counting);
  commit(*in_memory, sent);
  commit(embedded->store(), sent);
  for (int round = 0; round < 4; ++round) {
    core::Period period{any_moment(), any_moment()};
    if (round == 0) period = {at("2026-03-01T00:00:00Z"), at("2026-05-01T00:00:00Z")};
    if (period.is_empty()) std::swap(period.start, period.end);
    const core::TimePoint now = round == 3 ? any_moment() : at("2026-06-01T00:00:00Z");
    const auto right = answer(*from_scratch, *products, period, now);
    RC_ASSERT(answer(*in_memory, *products, period, now) == right);
    RC_ASSERT(answer(embedded->store(), *products, period, now) == right);
    if (round == 1) embedded->reopen();
  }
}

}  // namespace
}  // namespace tallystick::app
