#include "cli/plot_axis.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "cli/hourly_usage.hpp"

namespace tallystick::cli {
namespace {

using cli_test::hours_from;

TEST(CountAxis, TakesTheSmallestEvenStepThatReachesTheMost) {
  struct Row {
    std::int64_t most;
    std::int64_t step;
    std::int64_t steps;
  };
  const Row rows[] = {
      {-5, 1, 1},
      {0, 1, 1},
      {1, 1, 1},
      {8, 1, 8},
      {9, 2, 5},
      {16, 2, 8},
      {17, 5, 4},
      {40, 5, 8},
      {41, 10, 5},
      {503, 100, 6},
      {800, 100, 8},
      {801, 200, 5},
      {4000, 500, 8},
      {4001, 1000, 5},
      {1'000'000, 200'000, 5},
      {std::numeric_limits<std::int64_t>::max(), 200'000'000'000, 5},
  };
  for (const Row& row : rows) {
    const CountAxis of_hour = count_axis(hours_from("2026-03-01T00:00:00Z", {0, row.most, 1}), 0);
    EXPECT_EQ(of_hour.step, row.step) << row.most;
    EXPECT_EQ(of_hour.steps, row.steps) << row.most;
    if (row.most < 1) continue;
    const CountAxis of_peak = count_axis(hours_from("2026-03-01T00:00:00Z", {0, 1}), row.most);
    EXPECT_EQ(of_peak.step, row.step) << row.most;
    EXPECT_EQ(of_peak.steps, row.steps) << row.most;
  }
}

std::string ticks_text(const char* start, std::size_t hours, std::size_t apart_min) {
  std::string text;
  for (const TimeTick& tick : time_ticks(hours_from(start, std::vector<std::int64_t>(hours)), apart_min)) {
    text += (text.empty() ? "" : " ") + std::to_string(tick.hour) + "=" + tick.label;
  }
  return text;
}

TEST(TimeTicks, StandAtEvenTimesFarEnoughApart) {
  struct Row {
    const char* start;
    std::size_t hours;
    std::size_t apart_min;
    const char* expected;
  };
  const Row rows[] = {
      {"2026-03-01T00:00:00Z", 0, 1, ""},
      {"2026-03-01T22:00:00Z", 4, 1, "0=22:00 1=23:00 2=03-02 3=01:00"},
      {"2026-03-01T22:00:00Z", 10, 4, "2=03-02 8=06:00"},
      {"2026-03-01T09:00:00Z", 2, 5, "0=09:00"},  // no even time: the beginning
      {"2026-03-01T09:00:00Z", 40, 13, "15=03-02 39=03-03"},
      {"2026-03-30T00:00:00Z", 72, 20, "0=03-30 24=03-31 48=04-01"},
      {"2026-03-01T00:00:00Z", 240, 100, "0=03-01 168=03-08"},
      {"2026-03-01T12:00:00Z", 240, 100, "12=03-02 180=03-09"},  // weeks from the first midnight
      {"2026-01-01T00:00:00Z", 2160, 600, "0=2026-01 744=2026-02 1416=2026-03"},
      {"2025-12-31T23:00:00Z", 2161, 1000, "1=2026-01 1417=2026-03"},  // every second month, from January
      {"2026-01-01T00:00:00Z", 24, 1'000'000, "0=2026-01"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(ticks_text(row.start, row.hours, row.apart_min), row.expected) << row.start << " " << row.apart_min;
  }
}

TEST(TimeTicks, AreNeverCloserThanAskedFor) {
  const auto hours = hours_from("2024-01-01T05:00:00Z", std::vector<std::int64_t>(8'784));
  for (std::size_t apart_min = 1; apart_min <= 4'000; apart_min += 7) {
    const auto ticks = time_ticks(hours, apart_min);
    ASSERT_FALSE(ticks.empty());
    for (std::size_t i = 1; i < ticks.size(); ++i) {
      ASSERT_GE(ticks[i].hour - ticks[i - 1].hour, apart_min) << ticks[i].label;
    }
    for (const TimeTick& tick : ticks) ASSERT_LE(tick.label.size(), time_label_width_max);
  }
}

}  // namespace
}  // namespace tallystick::cli
