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

MeteredEvent event(std::int64_t time_ms, std::string_view amount, std::string_view id = "a") {
  return {.time = TimePoint{milliseconds{time_ms}},
          .until = std::nullopt,
          .quantity = quantity(amount),
          .source = "s",
          .id = id};
}

AggregateFold fold_of(const std::vector<MeteredEvent>& events) {
  AggregateFold fold;
  for (const MeteredEvent& each : events) EXPECT_TRUE(fold.add(each));
  return fold;
}

// What a roll-up keeps of a fold: the last event's (source, id) is lost.
AggregateFold kept(const AggregateFold& fold) {
  return {fold.aggregate(), fold.last_is_tied()};
}

TEST(AggregateFold, AddsUpWhatEveryMeteringNeeds) {
  EXPECT_TRUE(AggregateFold().is_empty());
  const AggregateFold fold = fold_of({event(150, "2"), event(120, "5", "b"), event(180, "0.5", "c")});
  EXPECT_FALSE(fold.is_empty());
  ResourceAggregate right;
  right.first_seen = TimePoint{milliseconds{120}};
  right.last_time = TimePoint{milliseconds{180}};
  right.sum = quantity("7.5");
  right.max = quantity("5");
  right.last_quantity = quantity("0.5");
  right.count = 3;
  EXPECT_EQ(fold.aggregate(), right);
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
  EXPECT_EQ(fold.add(event(150, "0.000000001")).error(), DecimalFault::overflow);
  EXPECT_EQ(fold.add(fold_of({event(150, "1")})).error(), DecimalFault::overflow);
  EXPECT_TRUE(fold.add(event(150, "0")));
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
    const MeteredEvent each = event(*rc::gen::inRange(95, 205), std::to_string(*rc::gen::inRange(0, 4)), name);
    RC_ASSERT(whole.add(each).has_value());
    RC_ASSERT((*rc::gen::arbitrary<bool>() ? left : right).add(each).has_value());
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
