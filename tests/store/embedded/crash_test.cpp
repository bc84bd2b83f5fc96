#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "store/embedded/killed_writer.hpp"
#include "store/store_under_test.hpp"
#include "store/usage_events.hpp"

// A process that commits one batch after the other and is killed in the middle of it, over and over.
namespace tallystick::store::test {
namespace {

constexpr std::uint64_t seal_after_events = 40;  // so that sealing is under way nearly all the time
constexpr int usages_per_batch = 6;

// The batch of one number, always the same. It voids an event of an earlier batch and one that comes three batches
// later.
std::vector<core::Event> batch_of(std::uint64_t number) {
  const std::string name = std::to_string(number);
  std::vector<core::Event> batch;
  for (int i = 0; i < usages_per_batch; ++i) {
    const auto day = 1 + (number * 7 + static_cast<std::uint64_t>(i)) % 28;
    const std::string date = "2026-0" + std::to_string(1 + number % 3) + (day < 10 ? "-0" : "-") + std::to_string(day);
    batch.push_back(used({.id = name + "." + std::to_string(i),
                          .time = date + "T0" + std::to_string(i) + ":00:00Z",
                          .quantity = std::to_string(number + 1),
                          .until = i == 3 ? "2026-04-02T00:00:00Z" : "",
                          .product = i % 2 == 0 ? "minutes" : "devices",
                          .resource = "r" + std::to_string(number % 11)}));
  }
  batch.push_back(voided("back." + name, std::to_string(number / 2) + ".1"));
  batch.push_back(voided("ahead." + name, std::to_string(number + 3) + ".2"));
  return batch;
}

std::vector<core::Event> all_up_to(std::uint64_t batches) {
  std::vector<core::Event> events;
  for (std::uint64_t number = 0; number < batches; ++number) {
    const auto batch = batch_of(number);
    events.insert(events.end(), batch.begin(), batch.end());
  }
  return events;
}

TEST(Crash, WhatWasAcknowledgedSurvivesKillOnceAndWhole) {
  const TemporaryDirectory root;
  const std::vector<core::Period> ranges{
      {at("2026-01-01T00:00:00Z"), at("2026-05-01T00:00:00Z")},
      {at("2026-01-03T02:00:00Z"), at("2026-02-15T03:00:00.001Z")},
      {at("2026-03-31T00:00:00Z"), at("2026-04-02T00:00:00Z")},
  };
  std::mt19937 random(std::random_device{}());
  std::uniform_int_distribution<std::uint64_t> batches_before_kill(1, 60);
  std::uint64_t batches = 0;
  for (int round = 0; round < 8; ++round) {
    const std::uint64_t kill_after = batches_before_kill(random);
    SCOPED_TRACE("round " + std::to_string(round) + ", killed after " + std::to_string(kill_after) + " from " +
                 std::to_string(batches));
    batches += work_and_kill("usage", root.path().string(), batches, kill_after);

    const auto store = open_or_throw(root.path(), small_settings(seal_after_events));
    // The batch that was under way when the writer died may be there as well, but then whole.
    const std::uint64_t stored = store->figures().events_stored;
    const auto acknowledged = all_up_to(batches);
    const auto one_more = all_up_to(batches + 1);
    ASSERT_TRUE(stored == acknowledged.size() || stored == one_more.size()) << stored;
    const auto& there = stored == acknowledged.size() ? acknowledged : one_more;
    for (const core::Period range : ranges) {
      EXPECT_EQ(seen(*store, bank, range), expected(there, bank, range));
      EXPECT_EQ(present(*store, bank, range), expected_presence(there, bank, range));
    }
    EXPECT_EQ(commit(*store, there).duplicates, there.size());
  }
}

}  // namespace

Work usage_work(const std::string& path) {
  std::shared_ptr<Store> store = open_or_throw(path, small_settings(seal_after_events));
  return [store](std::uint64_t number) {
    const auto batch = batch_of(number);
    const std::vector<EventBatch> group{batch};
    const auto outcome = store->commit(group);
    return outcome && (*outcome)[0].accepted + (*outcome)[0].duplicates == batch.size();
  };
}

}  // namespace tallystick::store::test
