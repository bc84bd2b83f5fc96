#include "tallystick/core/metering.hpp"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace tallystick::core {
namespace {

TimePoint at(std::int64_t ms) {
  return TimePoint{milliseconds{ms}};
}

ResourceAggregate aggregate(std::int64_t first_ms, std::int64_t sum, std::int64_t max, std::int64_t last) {
  return {.first_seen = at(first_ms),
          .last_time = at(first_ms + 1),
          .sum = Decimal::from_integer(sum),
          .max = Decimal::from_integer(max),
          .last_quantity = Decimal::from_integer(last),
          .count = 2};
}

// Three lines that send 5 and 2, 7 and 1, 0 and 0.
std::vector<ResourceUsage> three_resources() {
  return {{"zoe", aggregate(30, 7, 5, 2)}, {"ana", aggregate(10, 8, 7, 1)}, {"Bob", aggregate(20, 0, 0, 0)}};
}

TEST(Meter, TotalsByKind) {
  const std::pair<MeteringKind, std::string_view> rows[] = {
      {MeteringKind::unique, "3"}, {MeteringKind::sum, "15"}, {MeteringKind::max, "7"}, {MeteringKind::latest, "3"}};
  for (const auto& [kind, total] : rows) {
    EXPECT_EQ(meter(kind, three_resources()).value().total.to_string(), total) << to_string(kind);
  }
}

TEST(Meter, ListsEachResourceByNameInByteOrderWithItsFirstMoment) {
  const auto metered = meter(MeteringKind::sum, three_resources()).value();
  ASSERT_EQ(metered.resources.size(), 3U);
  EXPECT_EQ(metered.resources[0].name, "Bob");
  EXPECT_EQ(metered.resources[1].name, "ana");
  EXPECT_EQ(metered.resources[2].name, "zoe");
  EXPECT_EQ(metered.resources[0].date, at(20));
}

TEST(Meter, NothingIsZero) {
  const auto metered = meter(MeteringKind::max, {}).value();
  EXPECT_TRUE(metered.total.is_zero());
  EXPECT_TRUE(metered.resources.empty());
}

TEST(Meter, OverflowIsAFault) {
  constexpr int128 int128_max = static_cast<int128>((uint128{1} << 127U) - 1U);
  ResourceAggregate huge = aggregate(1, 0, 0, 0);
  huge.sum = Decimal::from_units(int128_max);
  const std::vector<ResourceUsage> resources{{"a", huge}, {"b", aggregate(1, 1, 1, 1)}};
  EXPECT_EQ(meter(MeteringKind::sum, resources).error(), DecimalFault::overflow);
}

RC_GTEST_PROP(MeterProperty, OrderOfResourcesDoesNotMatter, ()) {
  auto resources = three_resources();
  const auto kind = *rc::gen::element(MeteringKind::unique, MeteringKind::sum, MeteringKind::max, MeteringKind::latest);
  const auto expected = meter(kind, resources).value();
  std::rotate(resources.begin(), resources.begin() + *rc::gen::inRange(0, 3), resources.end());
  const auto metered = meter(kind, resources).value();
  RC_ASSERT(metered.total == expected.total);
  for (std::size_t i = 0; i < 3; ++i) RC_ASSERT(metered.resources[i].name == expected.resources[i].name);
}

}  // namespace
}  // namespace tallystick::core
