#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "store/store_under_test.hpp"
#include "store/usage_events.hpp"

namespace tallystick::store::test {
namespace {

namespace fs = std::filesystem;
constexpr int attempts_max = 1'000'000;

std::vector<core::Event> batch_of(const std::string& name, int events) {
  std::vector<core::Event> batch;
  for (int i = 0; i < events; ++i) {
    batch.push_back(used({.id = name + "." + std::to_string(i), .time = "2026-03-04T09:00:00Z"}));
  }
  return batch;
}

std::uint64_t counted(const Store& store) {
  const Seen all = seen(store, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
  return all.empty() ? 0 : all.at("minutes").at("ana").count;
}

Stored<std::vector<BatchOutcome>> try_commit(Store& store, const std::vector<core::Event>& batch) {
  const std::vector<EventBatch> group{batch};
  return store.commit(group);
}

TEST(Sealing, AFullTailRefusesWithoutATraceUntilItIsSealed) {
  const TemporaryDirectory root;
  EmbeddedSettings settings = small_settings(1'000'000);
  settings.tail_events_max = 10;
  const auto store = open_or_throw(root.path(), settings);
  commit(*store, batch_of("first", 8));
  const auto second = batch_of("second", 5);
  const auto refused = try_commit(*store, second);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, StoreError::Kind::overloaded);
  EXPECT_EQ(counted(*store), 8U);
  EXPECT_EQ(store->figures().events_stored, 8U);

  // The refusal has made sealing begin: the same call succeeds once that is through.
  auto outcome = try_commit(*store, second);
  for (int attempt = 0; !outcome && attempt < attempts_max; ++attempt) {
    ASSERT_EQ(outcome.error().kind, StoreError::Kind::overloaded);
    std::this_thread::yield();
    outcome = try_commit(*store, second);
  }
  ASSERT_TRUE(outcome);
  EXPECT_EQ((*outcome)[0].accepted, 5U);
  EXPECT_EQ(counted(*store), 13U);
}

TEST(Sealing, AGroupBeyondTheLimitIsTakenAlone) {
  const TemporaryDirectory root;
  EmbeddedSettings settings = small_settings(1'000'000);
  settings.tail_events_max = 10;
  const auto store = open_or_throw(root.path(), settings);
  EXPECT_EQ(commit(*store, batch_of("large", 25)).accepted, 25U);
}

TEST(Sealing, AFailureIsToldByACommitAndLosesNothing) {
  const TemporaryDirectory root;
  const auto store = open_or_throw(root.path(), small_settings(4));
  // A file where the runs would be written: sealing fails from here on.
  const fs::path runs = fs::path(root.path()) / "sealing";
  fs::remove_all(runs);
  std::ofstream(runs) << "in the way";

  std::uint64_t accepted = 0;
  std::string told;
  for (int i = 0; told.empty() && i < attempts_max; ++i) {
    const auto outcome = try_commit(*store, batch_of(std::to_string(i), 2));
    if (outcome) {
      accepted += (*outcome)[0].accepted;
    } else {
      ASSERT_EQ(outcome.error().kind, StoreError::Kind::io);
      told = outcome.error().message;
    }
  }
  EXPECT_NE(told.find("sealing"), std::string::npos) << told;
  EXPECT_EQ(counted(*store), accepted);

  fs::remove(runs);
  fs::create_directory(runs);
  // It is tried again: sooner or later nothing but what is new is left in memory.
  const std::uint64_t unsealed = store->figures().tail_events;
  for (int i = 0; store->figures().tail_events >= unsealed && i < attempts_max; ++i) {
    const auto outcome = try_commit(*store, batch_of("again", 1));
    if (outcome) accepted += (*outcome)[0].accepted;
  }
  EXPECT_LT(store->figures().tail_events, unsealed);
  EXPECT_EQ(counted(*store), accepted);
}

// Runs take each key once: two voids of one event, and days on which long intervals meet, must not make two rows.
TEST(Sealing, IntervalsThatMeetAndAreVoidedTwiceAreSealedAtOnce) {
  const TemporaryDirectory root;
  const auto store = open_or_throw(root.path(), small_settings(6));
  commit(*store, {used({.id = "1", .time = "2025-03-04T09:00:00Z", .until = "2026-03-05T09:00:00Z"}),
                  used({.id = "2", .time = "2025-12-31T23:59:59.999Z", .until = "2026-01-01T00:00:00.001Z"}),
                  used({.id = "3", .time = "2026-01-01T00:00:00Z", .until = "2026-03-01T00:00:00Z"}), voided("v1", "1"),
                  voided("v2", "1"), voided("v3", "3")});
  for (int attempt = 0; store->figures().tail_events > 0 && attempt < attempts_max; ++attempt) {
    std::this_thread::yield();
  }
  ASSERT_EQ(store->figures().tail_events, 0U);
  EXPECT_TRUE(seen(*store, "2025-06-01T00:00:00Z", "2025-06-02T00:00:00Z").empty());
  const auto new_year = seen(*store, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z").at("minutes").at("ana");
  EXPECT_EQ(new_year.first_seen, at("2026-01-01T00:00:00Z"));
  EXPECT_EQ(new_year.count, 0U);
  EXPECT_EQ(seen(*store, "2025-01-01T00:00:00Z", "2027-01-01T00:00:00Z").at("minutes").at("ana").count, 1U);
}

TEST(Sealing, ReadersAndTokensGoOnWhileItSealsAndCommits) {
  const TemporaryDirectory root;
  const auto store = open_or_throw(root.path(), small_settings(50));
  constexpr int batches = 60;
  constexpr std::uint64_t events_per_batch = 10;
  std::atomic<bool> is_done{false};
  std::atomic<std::uint64_t> answers{0};

  const auto read = [&] {
    std::uint64_t last = 0;
    while (!is_done.load()) {
      const auto snapshot = store->snapshot();
      const core::Period part{at("2026-03-04T01:00:00Z"), at("2026-03-04T20:00:00Z")};
      const core::Period whole{at("2026-03-04T00:00:00Z"), at("2026-03-05T00:00:00Z")};
      const Seen by_events = seen(*snapshot, bank, part);
      const Seen by_slots = seen(*snapshot, bank, whole);
      EXPECT_EQ(by_events, by_slots);
      const std::uint64_t count = by_slots.empty() ? 0 : by_slots.at("minutes").at("ana").count;
      EXPECT_EQ(count % events_per_batch, 0U) << "half a batch";
      EXPECT_GE(count, last) << "an event that was seen is gone";
      last = count;
      answers.fetch_add(1);
    }
  };
  const auto log_in = [&] {
    for (std::uint8_t number = 0; !is_done.load(); ++number) {
      Token token;
      token.hash.fill(number);
      token.client_id = std::to_string(number);
      EXPECT_TRUE(store->save_token(token));
      const auto found = store->find_token(token.hash);
      EXPECT_TRUE(found && *found && (*found)->client_id == token.client_id);
      EXPECT_TRUE(store->figures().events_stored <= batches * events_per_batch);
    }
  };
  std::vector<std::thread> threads;
  threads.emplace_back(read);
  threads.emplace_back(read);
  threads.emplace_back(log_in);
  for (int i = 0; i < batches; ++i) commit(*store, batch_of(std::to_string(i), events_per_batch));
  while (answers.load() == 0) std::this_thread::yield();
  is_done = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counted(*store), batches * events_per_batch);
}

}  // namespace
}  // namespace tallystick::store::test
