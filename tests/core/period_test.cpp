#include "tallystick/core/period.hpp"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace tallystick::core {
namespace {

TimePoint at(std::int64_t ms) {
  return TimePoint{milliseconds{ms}};
}

TEST(Period, IsHalfOpen) {
  const Period period{at(10), at(20)};
  EXPECT_FALSE(period.contains(at(9)));
  EXPECT_TRUE(period.contains(at(10)));
  EXPECT_TRUE(period.contains(at(19)));
  EXPECT_FALSE(period.contains(at(20)));
  EXPECT_EQ(period.length(), milliseconds{10});
}

TEST(Period, WithoutLengthContainsNothing) {
  const Period backwards{at(20), at(10)};
  EXPECT_TRUE(backwards.is_empty());
  EXPECT_EQ(backwards.length(), milliseconds{0});
  EXPECT_FALSE(backwards.contains(at(15)));
}

TEST(Period, NeighboursShareNothing) {
  EXPECT_FALSE((Period{at(0), at(10)}).intersection({at(10), at(20)}));
  EXPECT_EQ((Period{at(0), at(11)}).intersection({at(10), at(20)}), (Period{at(10), at(11)}));
}

RC_GTEST_PROP(PeriodProperty, IntersectionContainsWhatBothContain, ()) {
  const auto moment = rc::gen::inRange<std::int64_t>(0, 40);
  const Period left{at(*moment), at(*moment)};
  const Period right{at(*moment), at(*moment)};
  const auto shared = left.intersection(right);
  for (std::int64_t ms = 0; ms < 40; ++ms) {
    RC_ASSERT((shared && shared->contains(at(ms))) == (left.contains(at(ms)) && right.contains(at(ms))));
  }
}

}  // namespace
}  // namespace tallystick::core
