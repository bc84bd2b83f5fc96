#include <gtest/gtest.h>
// GoogleTest first: rapidcheck's bridge expects its macros.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "store/usage_events.hpp"
#include "tallystick/core/aggregate.hpp"

namespace tallystick::core {
namespace {

using store::test::at;
using store::test::quantity;

const Period range{TimePoint{milliseconds{100}}, TimePoint{milliseconds{200}}};

MeteredEvent event(std::int64_t time_ms, std::string_view amount, std::string_view id = "a") {
  return {.time = TimePoint{milliseconds{time_ms}},
          .until = std::nullopt,
          .quantity = quantity(amount),
          .source = "s",
          .id = id};
}

AggregateFold fold_of(const std::vector<MeteredEvent>& events, const Period& within = range) {
  AggregateFold fold;
  for (const MeteredEvent& each : events) EXPECT_TRUE(fold.add(each, within));
  return fold;
}

// What a roll-up keeps of a fold: the last event's (source, id) is lost.
AggregateFold kept(const AggregateFold& fold) {
  return {fold.aggregate(), fold.last_is_tied()};
}

TEST(AggregateFold, LooksAtTheHalfOpenRange) {
  struct Row {
    std::int64_t time_ms;
    std::optional<std::int64_t> until_ms;
    bool is_seen;
    std::uint64_t count;
    std::int64_t first_seen_ms;
  };
  const std::vector<Row> rows{
      {99, {}, false, 0, 0},   {100, {}, true, 1, 100},  {199, {}, true, 1, 199}, {200, {}, false, 0, 0},
      {50, 100, false, 0, 0},  {50, 101, true, 0, 100},  {50, 900, true, 0, 100}, {150, 900, true, 1, 150},
      {200, 900, false, 0, 0}, {100, 101, true, 1, 100},
  };
  for (const Row& row : rows) {
    MeteredEvent each = event(row.time_ms, "2");
    if (row.until_ms) each.until = TimePoint{milliseconds{*row.until_ms}};
    const AggregateFold fold = fold_of({each});
    SCOPED_TRACE(row.time_ms);
    EXPECT_EQ(!fold.is_empty(), row.is_seen);
    EXPECT_EQ(fold.aggregate().count, row.count);
    EXPECT_EQ(fold.aggregate().sum, row.count == 0 ? Decimal() : quantity("2"));
    if (row.is_seen) {
      EXPECT_EQ(fold.aggregate().first_seen, TimePoint{milliseconds{row.first_seen_ms}});
    }
  }
}

TEST(AggregateFold, AnEmptyRangeSeesNothing) {
  MeteredEvent each = event(50, "2");
  each.until = TimePoint{milliseconds{900}};
  EXPECT_TRUE(fold_of({each}, {range.start, range.start}).is_empty());
}

TEST(AggregateFold, KnowsTheGreaterOfTwoPairsAtOneTime) {
  EXPECT_EQ(fold_of({event(150, "9", "a"), event(150, "3", "b")}).aggregate().last_quantity, quantity("3"));
  EXPECT_EQ(fold_of({event(150, "3", "b"), event(150, "9", "a")}).aggregate().last_quantity, quantity("3"));
  // In byte order: an upper-case letter comes before a lower-case one, and a byte above 127 after both.
  EXPECT_EQ(fold_of({event(150, "9", "\xC3"), event(150, "3", "z")}).aggregate().last_quantity, quantity("9"));
}

TEST(AggregateFold, IsTiedOnlyWhereThePairsMatterAndAreUnknown) {
  const auto merged = [](const AggregateFold& a, const AggregateFold& b) {
    AggregateFold sum = kept(a);
    EXPECT_TRUE(sum.add(b));
    return sum;
  };
  EXPECT_TRUE(merged(fold_of({event(150, "1")}), fold_of({event(150, "2", "b")})).last_is_tied());
  EXPECT_TRUE(merged(fold_of({event(150, "1")}), kept(fold_of({event(150, "2", "b")}))).last_is_tied());
  EXPECT_FALSE(merged(fold_of({event(150, "1")}), fold_of({event(150, "1", "b")})).last_is_tied());
  EXPECT_FALSE(merged(fold_of({event(150, "1")}), fold_of({event(151, "2", "b")})).last_is_tied());
  EXPECT_FALSE(merged(fold_of({event(151, "1")}), fold_of({event(150, "2", "b")})).last_is_tied());
  // A later event makes an earlier tie idle.
  const AggregateFold tied = merged(fold_of({event(150, "1")}), fold_of({event(150, "2", "b")}));
  const AggregateFold later = merged(tied, fold_of({event(160, "5", "c")}));
  EXPECT_FALSE(later.last_is_tied());
  EXPECT_EQ(later.aggregate().last_quantity, quantity("5"));
  // An equal quantity does not undo a tie.
  EXPECT_TRUE(merged(tied, fold_of({event(150, "2", "c")})).last_is_tied());
}

TEST(AggregateFold, ASumThatDoesNotFitIsAFault) {
  ResourceAggregate huge;
  huge.sum = Decimal::from_units(static_cast<int128>(~uint128{0} >> 1U));
  huge.count = 1;
  AggregateFold fold(huge, false);
  EXPECT_EQ(fold.add(event(150, "0.000000001"), range).error(), DecimalFault::overflow);
  EXPECT_EQ(fold.add(fold_of({event(150, "1")})).error(), DecimalFault::overflow);
  EXPECT_TRUE(fold.add(event(150, "0"), range));
}

// Cut events into two heaps in any way, in any order: together they are what one heap is, or say that they are tied.
RC_GTEST_PROP(AggregateFoldProperty, HeapsAddUpToTheWhole, ()) {
  const auto ids = *rc::gen::unique<std::vector<int>>(rc::gen::inRange(0, 100));
  std::vector<std::string> names;
  for (const int id : ids) names.push_back(std::to_string(id));
  std::vector<MeteredEvent> events;
  AggregateFold left;
  AggregateFold right;
  AggregateFold whole;
  for (const std::string& name : names) {
    MeteredEvent each = event(*rc::gen::inRange(95, 205), std::to_string(*rc::gen::inRange(0, 4)), name);
    if (*rc::gen::inRange(0, 4) == 0) each.until = each.time + milliseconds{*rc::gen::inRange(1, 300)};
    RC_ASSERT(whole.add(each, range).has_value());
    RC_ASSERT((*rc::gen::arbitrary<bool>() ? left : right).add(each, range).has_value());
  }
  const bool is_kept = *rc::gen::arbitrary<bool>();
  AggregateFold merged;
  RC_ASSERT(merged.add(is_kept && !left.is_empty() ? kept(left) : left).has_value());
  RC_ASSERT(merged.add(right).has_value());
  if (merged.last_is_tied()) {
    RC_ASSERT(is_kept);
    merged.settle_last(whole.aggregate().last_quantity);
  }
  RC_ASSERT(merged.is_empty() == whole.is_empty());
  RC_ASSERT(merged.aggregate() == whole.aggregate());
}

}  // namespace
}  // namespace tallystick::core
