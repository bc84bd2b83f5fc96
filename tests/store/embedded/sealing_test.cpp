#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "store/embedded/data_directory.hpp"
#include "store/embedded/database.hpp"
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
  const Present only{{"minutes",
                      {{"ana",
                        {{at("2025-12-31T23:59:59.999Z"), at("2026-01-01T00:00:00Z")},
                         {at("2026-01-01T00:00:00Z"), at("2026-01-01T00:00:00.001Z")}}}}}};
  EXPECT_EQ(present(*store, "2025-01-01T00:00:00Z", "2027-01-01T00:00:00Z"), only);
  EXPECT_TRUE(present(*store, "2025-06-01T00:00:00Z", "2025-06-02T00:00:00Z").empty());
}

// A void's target is recognized by the hash of the id that is read back, so that an id which does not come back as it
// was would be counted still.
TEST(Sealing, IdsOfEveryShapeComeBackFromSealedBlocks) {
  const TemporaryDirectory root;
  std::vector<std::string> ids{"0190b6a4-7c1e-7b6a-9d51-2f4c8e0a6b3d",
                               "0190B6A4-7C1E-7B6A-9D51-2F4C8E0A6B3D",
                               "0190b6a4-7c1e-7b6a-9d51-2f4c8e0a6b3D",
                               "evt-00ff12",
                               "evt-00ff13",
                               "evt-00ff1",
                               "evt-00FF12",
                               "n12345.z",
                               "usage",
                               std::string("\0\xFF-1234", 7),
                               std::string(256, 'f'),
                               std::string(255, 'f')};
  // More than one block, the last of them with a shape of its own.
  for (int i = 0; i < 100; ++i) ids.push_back("order/" + std::to_string(1'000'000 + i));
  const auto store = open_or_throw(root.path(), small_settings(static_cast<int>(ids.size())));
  std::vector<core::Event> batch;
  for (const std::string& id : ids) batch.push_back(used({.id = id, .time = "2026-03-04T09:00:00Z"}));
  commit(*store, batch);
  for (int attempt = 0; store->figures().tail_events > 0 && attempt < attempts_max; ++attempt) {
    std::this_thread::yield();
  }
  ASSERT_EQ(store->figures().tail_events, 0U);
  // One stays, or nothing would be left to count.
  for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
    commit(*store, {voided("void " + std::to_string(i), ids[i])});
    ASSERT_EQ(counted(*store), ids.size() - i - 1) << ids[i];
  }
}

// More blocks begin with one moment than one byte can number.
TEST(Sealing, ManyEventsOfOneMomentAreSealed) {
  const TemporaryDirectory root;
  constexpr int events = 64 * 300;
  const auto store = open_or_throw(root.path(), small_settings(events));
  std::vector<core::Event> batch;
  for (int i = 0; i < events; ++i) batch.push_back(used({.id = std::to_string(i), .time = "2026-03-04T09:00:00Z"}));
  commit(*store, batch);
  for (int attempt = 0; store->figures().tail_events > 0 && attempt < attempts_max; ++attempt) {
    std::this_thread::yield();
  }
  ASSERT_EQ(store->figures().tail_events, 0U);
  commit(*store, {voided("void", "0")});  // its day is counted anew, event by event
  EXPECT_EQ(counted(*store), std::size_t{events - 1});
}

// Every resource of a day, in more pieces than fit into one block.
TEST(Sealing, ADayOfManyPiecesIsSealedWhole) {
  const TemporaryDirectory root;
  constexpr int resources = 40;
  constexpr int pieces = 30;
  const auto store = open_or_throw(root.path(), small_settings(resources * pieces));
  std::vector<core::Event> batch;
  for (int i = 0; i < resources * pieces; ++i) {
    const std::string minute = (i / resources < 10 ? "0" : "") + std::to_string(i / resources);
    batch.push_back(used({.id = std::to_string(i),
                          .time = "2026-03-04T09:" + minute + ":00Z",
                          .until = "2026-03-04T09:" + minute + ":30Z",
                          .resource = std::to_string(i % resources)}));
  }
  commit(*store, batch);
  for (int attempt = 0; store->figures().tail_events > 0 && attempt < attempts_max; ++attempt) {
    std::this_thread::yield();
  }
  ASSERT_EQ(store->figures().tail_events, 0U);
  const auto minutes = present(*store, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z").at("minutes");
  EXPECT_EQ(minutes.size(), std::size_t{resources});
  for (const auto& [resource, periods] : minutes) {
    ASSERT_EQ(periods.size(), std::size_t{pieces}) << resource;
    for (int i = 0; i < pieces; ++i) {
      const core::TimePoint start = at("2026-03-04T09:00:00Z") + std::chrono::minutes{i};
      EXPECT_EQ(periods[static_cast<std::size_t>(i)], (core::Period{start, start + std::chrono::seconds{30}}));
    }
  }
}

std::size_t rows_in(embedded::Database& database, embedded::Family family) {
  std::size_t rows = 0;
  const std::unique_ptr<rocksdb::Iterator> row(
      database.rocks().NewIterator(rocksdb::ReadOptions(), database.family(family)));
  for (row->SeekToFirst(); row->Valid(); row->Next()) ++rows;
  EXPECT_TRUE(row->status().ok());
  return rows;
}

// Moments have no presence and intervals no day slots: neither costs the other's readers anything.
TEST(Sealing, MomentsAndIntervalsHaveRowsOfTheirOwn) {
  const TemporaryDirectory root;
  const EmbeddedSettings settings = small_settings(4);
  commit(*open_or_throw(root.path(), settings),
         {used({.id = "1", .time = "2026-03-04T09:00:00Z"}), used({.id = "2", .time = "2026-03-05T09:00:00Z"}),
          used({.id = "3", .time = "2026-03-04T22:00:00Z", .until = "2026-03-06T01:00:00Z", .product = "calls"}),
          used({.id = "4", .time = "2026-03-06T00:30:00Z", .until = "2026-03-06T02:00:00Z", .product = "calls"})});
  auto directory = embedded::DataDirectory::take(root.path());
  ASSERT_TRUE(directory);
  const auto database = embedded::Database::open(std::move(*directory), settings);
  ASSERT_TRUE(database);
  EXPECT_EQ(rows_in(**database, embedded::Family::rollup), 2U)
      << "the month of a product, resource by resource and as a whole";
  EXPECT_EQ(rows_in(**database, embedded::Family::presence), 3U) << "a block a day";
  EXPECT_EQ(rows_in(**database, embedded::Family::events), 5U) << "two days of moments, three of intervals";
}

// The interval of one batch begins where that of the batch before ends: together they are one piece.
core::Event minute_of(int number) {
  auto event = std::get<core::UsageEvent>(used(
      {.id = "minute." + std::to_string(number), .time = "2026-03-04T09:00:00Z", .product = "calls", .resource = "x"}));
  event.time += std::chrono::minutes{number};
  event.until = event.time + std::chrono::minutes{1};
  return event;
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
      const Present calls = present(*snapshot, bank, whole);
      if (count > 0) {
        const core::TimePoint start = at("2026-03-04T09:00:00Z");
        const std::vector<core::Period> one{{start, start + std::chrono::minutes{count / events_per_batch}}};
        EXPECT_EQ(calls, (Present{{"calls", {{"x", one}}}}));
      }
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
      EXPECT_TRUE(store->save_tokens(std::span(&token, 1)));
      const auto found = store->find_token(token.hash);
      EXPECT_TRUE(found && *found && (*found)->client_id == token.client_id);
      EXPECT_LE(store->figures().events_stored, batches * (events_per_batch + 1));
    }
  };
  std::vector<std::thread> threads;
  threads.emplace_back(read);
  threads.emplace_back(read);
  threads.emplace_back(log_in);
  for (int i = 0; i < batches; ++i) {
    auto batch = batch_of(std::to_string(i), events_per_batch);
    batch.push_back(minute_of(i));
    commit(*store, batch);
  }
  while (answers.load() == 0) std::this_thread::yield();
  is_done = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counted(*store), batches * events_per_batch);
}

}  // namespace
}  // namespace tallystick::store::test
