#include "app/clock.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "app/sample_catalog.hpp"

namespace tallystick::app {
namespace {

using test::at;

TEST(TestClock, StandsUntilItIsSet) {
  TestClock clock(at("2026-03-01T00:00:00Z"));
  const Clock as_passed_on = clock;
  EXPECT_EQ(as_passed_on(), at("2026-03-01T00:00:00Z"));
  ASSERT_TRUE(clock.set(at("2026-03-02T00:00:00.001Z")));
  EXPECT_EQ(as_passed_on(), at("2026-03-02T00:00:00.001Z"));
  EXPECT_TRUE(clock.set(at("2026-03-02T00:00:00.001Z"))) << "where it stands already";
}

TEST(TestClock, NeverGoesBack) {
  TestClock clock(at("2026-03-01T00:00:00Z"));
  const auto set = clock.set(at("2026-02-28T23:59:59.999Z"));
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().kind, core::ProblemKind::invalid);
  ASSERT_EQ(set.error().faults.size(), 1U);
  EXPECT_EQ(set.error().faults[0].pointer, "/now");
  EXPECT_EQ(clock(), at("2026-03-01T00:00:00Z"));
}

TEST(TestClock, ThreadsSeeItGoForwardAlone) {
  TestClock clock(at("2026-03-01T00:00:00Z"));
  std::vector<std::thread> setters;
  setters.reserve(4);
  for (int thread = 0; thread < 4; ++thread) {
    setters.emplace_back([clock]() mutable {
      for (int i = 0; i < 1'000; ++i) {
        const core::TimePoint seen = clock();
        const auto set = clock.set(seen + core::milliseconds(1));
        EXPECT_TRUE(set || clock() > seen);
      }
    });
  }
  for (auto& setter : setters) setter.join();
  EXPECT_GE(clock(), at("2026-03-01T00:00:01Z"));
}

}  // namespace
}  // namespace tallystick::app
