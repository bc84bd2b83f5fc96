#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "store/embedded/data_directory.hpp"
#include "store/embedded/database.hpp"
#include "store/embedded/rollup_rows.hpp"
#include "store/memory/memory_store.hpp"
#include "store/store_under_test.hpp"
#include "store/usage_events.hpp"

// Usage that is sealed in divided rows, in undivided ones and in both is read as if it had never been sealed.
namespace tallystick::store::test {
namespace {

constexpr int attempts_max = 1'000'000;
// The last of them have numbers beyond one range.
constexpr int resources = (1 << embedded::resource_range_bits) + 300;

std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

// An event of each of some resources, on days and at times that depend on the resource.
std::vector<core::Event> events_of(const std::string& name, int first, int last, int step, int month) {
  std::vector<core::Event> events;
  for (int i = first; i < last; i += step) {
    events.push_back(
        used({.id = name + "." + std::to_string(i),
              .time = "2026-" + two_digits(month) + "-" + two_digits(1 + i % 28) + "T" + two_digits(i % 24) + ":30:00Z",
              .quantity = std::to_string(1 + i % 7),
              .resource = "r" + std::to_string(i)}));
  }
  return events;
}

void seal(Store& store, const std::vector<core::Event>& batch) {
  commit(store, batch);
  for (int attempt = 0; store.figures().tail_events > 0 && attempt < attempts_max; ++attempt) {
    std::this_thread::yield();
  }
  ASSERT_EQ(store.figures().tail_events, 0U);
}

std::vector<embedded::RollupKey> keys_in(embedded::Database& database) {
  std::vector<embedded::RollupKey> keys;
  const std::unique_ptr<rocksdb::Iterator> row(
      database.rocks().NewIterator(rocksdb::ReadOptions(), database.family(embedded::Family::rollup)));
  for (row->SeekToFirst(); row->Valid(); row->Next()) {
    const auto key = embedded::read_rollup_key(embedded::view_of(row->key()));
    EXPECT_TRUE(key);
    if (key) keys.push_back(*key);
  }
  EXPECT_TRUE(row->status().ok());
  return keys;
}

TEST(RollupSealing, DividedAndUndividedRowsAreReadAsOne) {
  const TemporaryDirectory root;
  const auto memory = make_memory_store();
  {
    const auto store = open_or_throw(root.path(), small_settings(1));
    const std::vector<std::vector<core::Event>> batches{
        events_of("few", 5, 400, 7, 3),           // undivided, and the first numbers
        events_of("all", 0, resources, 1, 3),     // divided into two ranges
        events_of("some", 0, resources, 40, 3),   // undivided again: resources of both ranges
        events_of("april", 3, resources, 40, 4),  // another month
        {voided("v1", "all.77"), voided("v2", "few.5")},
    };
    for (const auto& batch : batches) {
      commit(*memory, batch);
      seal(*store, batch);
    }
    const std::vector<std::pair<std::string, std::string>> ranges{
        {"2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"},
        {"2026-03-01T00:00:00Z", "2026-05-01T00:00:00Z"},
        {"2026-03-06T00:00:00Z", "2026-03-07T00:00:00Z"},
        {"2026-03-06T05:00:00Z", "2026-04-04T05:30:00.001Z"},
    };
    for (const auto& [from, to] : ranges) {
      const Seen known = seen(*memory, from, to);
      ASSERT_FALSE(known.empty());
      EXPECT_EQ(seen(*store, from, to), known) << from << " to " << to;
      EXPECT_EQ(pools(*store->snapshot(), bank, {at(from), at(to)}), pools(known)) << from << " to " << to;
    }
  }
  auto directory = embedded::DataDirectory::take(root.path());
  ASSERT_TRUE(directory);
  const auto database = embedded::Database::open(std::move(*directory), small_settings(1));
  ASSERT_TRUE(database);
  const auto keys = keys_in(**database);
  ASSERT_EQ(keys.size(), 6U) << "March undivided and in two ranges, April undivided, and each month of all products";
  EXPECT_EQ(keys[0].range, embedded::ResourceRange::all);
  EXPECT_EQ(keys[1].range, embedded::range_of(core::ResourceNumber{0}));
  EXPECT_EQ(keys[2].range, embedded::range_of(core::ResourceNumber{resources - 1}));
  EXPECT_EQ(keys[3].range, embedded::ResourceRange::all);
  EXPECT_EQ(keys[3].month, keys[0].month + 1);
  EXPECT_EQ(keys[4].product, embedded::all_products);
  EXPECT_EQ(keys[5].month, keys[3].month);
}

}  // namespace
}  // namespace tallystick::store::test
