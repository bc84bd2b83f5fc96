#include "store/embedded/rollup_merge.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/embedded/rollup_entries.hpp"
#include "store/embedded/rollup_rows.hpp"
#include "store/usage_events.hpp"

// Rows of many resources: what is written is read back, merging rows is the same as adding all their entries up, and
// bytes that nobody wrote are refused.
namespace tallystick::store::embedded {
namespace {

using test::at;
using test::quantity;

const core::Day march = *core::parse_date("2026-03-01");
constexpr auto int128_max = static_cast<core::int128>(~core::uint128{0} >> 1U);

using Entries = std::map<RollupPosition, core::AggregateFold>;

std::string row_of(const Entries& entries) {
  RollupWriter writer;
  for (const auto& [position, fold] : entries) writer.add(position, march, fold);
  return writer.take();
}

std::optional<Entries> entries_of(std::string_view row) {
  Entries entries;
  RollupCursor cursor(row);
  while (cursor.next()) {
    if (!decode_entry(cursor.entry(), march, entries[cursor.entry().position])) return std::nullopt;
  }
  return cursor.is_done() ? std::optional(entries) : std::nullopt;
}

std::optional<std::string> merged(const std::vector<std::string>& rows) {
  const std::vector<std::string_view> views(rows.begin(), rows.end());
  std::string row;
  return merge_rollup_rows(views, row) ? std::optional(row) : std::nullopt;
}

void expect_same(const std::optional<Entries>& read, const Entries& expected) {
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), expected.size());
  for (auto [a, b] = std::pair(read->begin(), expected.begin()); b != expected.end(); ++a, ++b) {
    EXPECT_EQ(a->first, b->first);
    EXPECT_EQ(a->second.aggregate(), b->second.aggregate());
    EXPECT_EQ(a->second.last_is_tied(), b->second.last_is_tied());
  }
}

core::AggregateFold one_event(core::TimePoint time, core::Decimal amount) {
  return {{time, time, amount, amount, amount, 1}, false};
}

TEST(RollupEntries, EveryShapeComesBackAtEveryEdge) {
  const core::TimePoint noon = at("2026-03-01T12:00:00Z");
  const core::TimePoint midnight{march};
  const core::Decimal largest = core::Decimal::from_units(int128_max);
  const core::Decimal lowest = core::Decimal::from_units(-int128_max);
  const auto later = [&](core::ResourceAggregate usage, unsigned days, bool is_tied = false) {
    usage.first_seen += std::chrono::days{days};
    usage.last_time += std::chrono::days{days};
    return core::AggregateFold(usage, is_tied);
  };
  const ResourceNumber first{0};
  const ResourceNumber last{0xFFFFFFFF};
  const Entries entries{
      {{first, 0}, one_event(midnight, quantity("2.5"))},
      {{first, 1}, later({midnight, noon, quantity("7"), quantity("4"), quantity("3"), 2}, 1)},
      {{ResourceNumber{300}, 0}, later({midnight, midnight, quantity("7"), quantity("4"), quantity("4"), 2}, 0, true)},
      {{last, 0},
       later({midnight, midnight + std::chrono::milliseconds{86'399'999}, lowest, largest, lowest, ~0ULL}, 0)},
      {{last, 30}, one_event(at("2026-03-31T23:59:59.999Z"), lowest)},
  };
  expect_same(entries_of(row_of(entries)), entries);
}

TEST(RollupEntries, RowsThatAreCutAnywhereAreRefused) {
  const std::string row = row_of({{{ResourceNumber{5}, 3}, one_event(at("2026-03-04T12:00:00Z"), quantity("2.5"))},
                                  {{ResourceNumber{900}, 3}, one_event(at("2026-03-04T13:00:00Z"), quantity("1"))}});
  const std::size_t first_size =
      row_of({{{ResourceNumber{5}, 3}, one_event(at("2026-03-04T12:00:00Z"), quantity("2.5"))}}).size();
  for (std::size_t size = 1; size < row.size(); ++size) {
    if (size == first_size) continue;
    EXPECT_FALSE(entries_of(row.substr(0, size))) << size;
    EXPECT_FALSE(merged({row.substr(0, size), row})) << size;
  }
  EXPECT_TRUE(merged({row.substr(0, first_size), row}));
}

TEST(RollupEntries, EntriesOutOfOrderAndImpossibleDaysAreRefused) {
  const std::string body =
      row_of({{{ResourceNumber{0}, 0}, one_event(core::TimePoint{march}, quantity("1"))}}).substr(2);
  const auto entry = [&](std::string_view distance, int day_and_shape) {
    return std::string(distance) + static_cast<char>(day_and_shape) + body;
  };
  const std::string zero(1, '\0');
  const std::string one(1, '\1');
  ASSERT_TRUE(entries_of(entry(zero, 0x20) + entry(zero, 0x21) + entry(one, 0x20)));
  EXPECT_FALSE(entries_of(entry(zero, 0x20) + entry(zero, 0x20))) << "twice the same";
  EXPECT_FALSE(entries_of(entry(zero, 0x21) + entry(zero, 0x20))) << "an earlier day";
  EXPECT_FALSE(entries_of(entry(zero, 0x20 | 31))) << "a month has 31 days";
  EXPECT_FALSE(entries_of(entry(zero, 0x60))) << "an unknown shape";
  EXPECT_FALSE(entries_of(entry("\xff\xff\xff\xff\x0f", 0x20) + entry(one, 0x20))) << "numbers have 32 bits";
  EXPECT_FALSE(entries_of(entry("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 0x20))) << "and so has one distance";
}

TEST(RollupMerge, ASumThatOverflowsIsRefused) {
  const std::string row =
      row_of({{{ResourceNumber{1}, 0}, one_event(core::TimePoint{march}, core::Decimal::from_units(int128_max))}});
  EXPECT_FALSE(merged({row, row}));
}

TEST(RollupMerge, NoRowsMakeAnEmptyOne) {
  EXPECT_EQ(merged({}), "");
  EXPECT_EQ(merged({"", ""}), "");
}

TEST(RollupRows, RangesLieInTheOrderOfResourcesAfterTheUndividedRow) {
  const ResourceNumber last_of_first{(1U << resource_range_bits) - 1};
  EXPECT_LT(ResourceRange::all, range_of(ResourceNumber{0}));
  EXPECT_EQ(range_of(ResourceNumber{0}), range_of(last_of_first));
  EXPECT_LT(range_of(last_of_first), range_of(ResourceNumber{1U << resource_range_bits}));
  EXPECT_LT(range_of(ResourceNumber{1U << resource_range_bits}), range_of(ResourceNumber{0xFFFFFFFF}));
}

core::AggregateFold any_fold(unsigned day) {
  const core::TimePoint start = core::TimePoint{march} + std::chrono::days{day};
  core::AggregateFold fold;
  const int events = *rc::gen::inRange(1, 4);
  for (int i = 0; i < events; ++i) {
    // Few moments and amounts, so that last quantities tie; some amounts of many digits.
    const core::TimePoint time = start + std::chrono::milliseconds{*rc::gen::element(0, 1, 43'200'000, 86'399'999)};
    const auto units =
        *rc::gen::element<std::int64_t>(0, 1, -1, 1'000'000'000, 2'500'000'000, -9'000'000'000'000'000'000);
    RC_ASSERT(fold.add(one_event(time, core::Decimal::from_units(units))).has_value());
  }
  return fold;
}

Entries any_entries() {
  Entries entries;
  const int count = *rc::gen::inRange(0, 30);
  for (int i = 0; i < count; ++i) {
    const auto resource = *rc::gen::element<std::uint32_t>(0, 1, 2, 130, 131, 20'000, 0xFFFFFFFF);
    const auto day = *rc::gen::element(0U, 1U, 2U, 30U);
    entries[{ResourceNumber{resource}, day}] = any_fold(day);
  }
  return entries;
}

TEST(RollupMergeProperty, IsWhatAddingAllEntriesUpGives) {
  EXPECT_TRUE(rc::check("merged rows are the sums of their entries", [] {
    std::vector<std::string> rows;
    Entries sums;
    const int count = *rc::gen::inRange(1, 20);
    for (int i = 0; i < count; ++i) {
      const Entries entries = any_entries();
      rows.push_back(row_of(entries));
      for (const auto& [position, fold] : entries) RC_ASSERT(sums[position].add(fold).has_value());
    }
    const auto row = merged(rows);
    RC_ASSERT(row.has_value());
    // One form for one content: copied entries are the bytes that would be written anew.
    RC_ASSERT(*row == row_of(sums));
    expect_same(entries_of(*row), sums);
    // RocksDB merges in any grouping.
    const auto cut = rows.begin() + *rc::gen::inRange(0, count + 1);
    const auto first = merged({rows.begin(), cut});
    const auto second = merged({cut, rows.end()});
    RC_ASSERT(first.has_value() && second.has_value());
    RC_ASSERT(merged({*first, *second}) == row);
  }));
}

TEST(RollupMergeProperty, BrokenBytesAreRefusedOrMakeARowThatIsReadable) {
  EXPECT_TRUE(rc::check("changed bytes do no harm", [] {
    std::string row = row_of(any_entries());
    const std::string other = row_of(any_entries());
    const int changes = *rc::gen::inRange(1, 4);
    for (int i = 0; i < changes && !row.empty(); ++i) {
      row[*rc::gen::inRange<std::size_t>(0, row.size())] = *rc::gen::arbitrary<char>();
    }
    const auto both = merged({row, other});
    // What is only copied is not looked into: whoever reads it does.
    if (both && entries_of(row)) RC_ASSERT(entries_of(*both).has_value());
    RollupCursor cursor(row);
    while (cursor.next()) continue;
    if (!cursor.is_done()) RC_ASSERT(!both.has_value());
  }));
}

}  // namespace
}  // namespace tallystick::store::embedded
