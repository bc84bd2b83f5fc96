#include "tallystick/core/time.hpp"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <cstdio>

namespace tallystick::core {
namespace {

using namespace std::chrono_literals;

TimePoint at(std::int64_t ms) {
  return TimePoint{milliseconds{ms}};
}

// 2024-01-01T00:00:00Z is 1,704,067,200 seconds after 1970 (date -u -d 2024-01-01 +%s).
constexpr std::int64_t january_2024_ms = 1'704'067'200'000;

TEST(TimeParse, ReadsEveryPublishedForm) {
  const std::pair<std::string_view, std::int64_t> rows[] = {
      {"2024-01-01T00:00:00.000Z", january_2024_ms},
      {"2024-01-01T00:00:00Z", january_2024_ms},
      {"2024-01-01T00:00:00", january_2024_ms},
      {"2024-01-01T00:00:00.5", january_2024_ms + 500},
      {"2024-01-01T00:00:00.123456Z", january_2024_ms + 123},
      {"2024-01-01T00:00:00.1239999Z", january_2024_ms + 123},
      {"2024-01-01T00:00:00.12345678901234567890Z", january_2024_ms + 123},
      {"2024-01-01T01:00:00+01:00", january_2024_ms},
      {"2024-01-01T00:00:00.000+00:00", january_2024_ms},
      {"2023-12-31T18:30:00-0530", january_2024_ms},
      {"2024-01-01T02:00:00+02", january_2024_ms},
      {"2024-01-01 00:00:00 +0000 UTC", january_2024_ms},
      {"2024-01-01 00:00:00.25 +0000 UTC", january_2024_ms + 250},
      {"2024-01-01 01:00:00 +0100 CET", january_2024_ms},
      {"2024-01-01 00:00:00 +0000 UTC m=+0.000012", january_2024_ms},
      {"2024-01-01 03:00:00 +0300 +03", january_2024_ms},
      {"2023-12-31 20:30:00 -0330 -0330", january_2024_ms},
      {"1969-12-31T23:59:59.999Z", -1},
      {"2024-02-29T00:00:00Z", january_2024_ms + 59 * 86'400'000LL},
      {"9999-12-31T23:59:59.999Z", 253'402'300'799'999},
  };
  for (const auto& [text, ms] : rows) {
    const auto read = parse_time(text);
    ASSERT_TRUE(read.has_value()) << text;
    EXPECT_EQ(*read, at(ms)) << text;
  }
}

TEST(TimeParse, FinerFractionsAreFlooredBefore1970Too) {
  // The fraction belongs to the second it follows, so flooring never moves a moment into the next millisecond.
  EXPECT_EQ(parse_time("1969-12-31T23:59:59.9999Z").value(), at(-1));
}

TEST(TimeParse, RefusesEverythingElse) {
  const std::pair<std::string_view, TimeFault> rows[] = {
      {"", TimeFault::not_a_time},
      {"yesterday", TimeFault::not_a_time},
      {"2024-01-01", TimeFault::not_a_time},
      {"2024-1-1T00:00:00Z", TimeFault::not_a_time},
      {"2024-01-01T00:00Z", TimeFault::not_a_time},
      {"2024-01-01T00:00:00.Z", TimeFault::not_a_time},
      {"2024-01-01T00:00:00 Z", TimeFault::not_a_time},
      {"2024-01-01T00:00:00Z ", TimeFault::not_a_time},
      {" 2024-01-01T00:00:00Z", TimeFault::not_a_time},
      {"2024-01-01T00:00:00ZZ", TimeFault::not_a_time},
      {"2024-01-01T00:00:00+1:00", TimeFault::not_a_time},
      {"2024-01-01T00:00:00+", TimeFault::not_a_time},
      {"2024-01-01 00:00:00", TimeFault::not_a_time},
      {"2024-01-01t00:00:00z", TimeFault::not_a_time},
      {"2024-01-01 00:00:00 +0000", TimeFault::not_a_time},
      {"2024-01-01 00:00:00 +0000 ", TimeFault::not_a_time},
      {"2024-01-01 00:00:00 +0000 UTC m=+", TimeFault::not_a_time},
      {"2024-01-01 00:00:00 +0000 UTC m=+0.1<b>", TimeFault::not_a_time},
      {"1704067200", TimeFault::not_a_time},
      {"2024-13-01T00:00:00Z", TimeFault::out_of_range},
      {"2024-00-01T00:00:00Z", TimeFault::out_of_range},
      {"2024-02-30T00:00:00Z", TimeFault::out_of_range},
      {"2023-02-29T00:00:00Z", TimeFault::out_of_range},
      {"2024-01-01T24:00:00Z", TimeFault::out_of_range},
      {"2024-01-01T00:60:00Z", TimeFault::out_of_range},
      {"2024-01-01T00:00:60Z", TimeFault::out_of_range},
      {"2024-01-01T00:00:00+24:00", TimeFault::out_of_range},
      {"0001-01-01T00:00:00Z", TimeFault::out_of_range},
      {"0000-12-31T00:00:00Z", TimeFault::out_of_range},
      {"0002-01-01T00:00:00+01:00", TimeFault::out_of_range},
      {"9999-12-31T23:30:00-01:00", TimeFault::out_of_range},
  };
  for (const auto& [text, fault] : rows) {
    const auto read = parse_time(text);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error(), fault) << text;
  }
}

TEST(DateParse, ReadsCalendarDays) {
  EXPECT_EQ(parse_date("2024-02-29").value(), Day{std::chrono::year{2024} / 2 / 29});
  EXPECT_EQ(parse_date("2023-02-29").error(), TimeFault::out_of_range);
  EXPECT_EQ(parse_date("2024-02-29T00:00:00Z").error(), TimeFault::not_a_time);
  EXPECT_EQ(parse_date("24-02-29").error(), TimeFault::not_a_time);
}

TEST(TimeText, HasTheOneFormOfAnswers) {
  EXPECT_EQ(to_string(at(january_2024_ms + 1)), "2024-01-01T00:00:00.001Z");
  EXPECT_EQ(to_string(at(-1)), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(to_string(at(253'402'300'799'999)), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(to_string(TimePoint{Day{std::chrono::year{2} / 1 / 1}}), "0002-01-01T00:00:00.000Z");
  EXPECT_EQ(to_string(at(january_2024_ms + 10 * 3'600'000LL + 20 * 60'000LL + 30'000 + 40)),
            "2024-01-01T10:20:30.040Z");
  EXPECT_EQ(to_string(day_of(at(-1))), "1969-12-31");
  EXPECT_EQ(day_of(at(january_2024_ms)), Day{std::chrono::year{2024} / 1 / 1});
}

// Years 0002 to 9999, the range that parse_time takes.
rc::Gen<TimePoint> moments() {
  return rc::gen::map(rc::gen::inRange<std::int64_t>(-62'104'060'800'000, 253'402'300'800'000), at);
}

RC_GTEST_PROP(TimeProperty, TextRoundTrips, ()) {
  const TimePoint time = *moments();
  RC_ASSERT(parse_time(to_string(time)).value() == time);
}

// Of days that follow each other in any order, of the same day again, and from before 1970.
RC_GTEST_PROP(TimeProperty, OneTextAfterTheOtherIsEachText, ()) {
  TimeText text;
  for (int left = *rc::gen::inRange(1, 20); left > 0; --left) {
    const TimePoint time = at(*rc::gen::inRange<std::int64_t>(-2, 2) * 86'400'000 + *rc::gen::inRange(0, 86'400'000));
    RC_ASSERT(text(time) == to_string(time));
    RC_ASSERT(parse_time(text(time)).value() == time);
  }
}

RC_GTEST_PROP(TimeProperty, AnOffsetOnlySaysItDifferently, ()) {
  const TimePoint time = *rc::gen::map(rc::gen::inRange<std::int64_t>(0, 253'402'214'400'000), at);
  const int offset_min = *rc::gen::inRange(-23 * 60 - 59, 23 * 60 + 60);
  std::string local = to_string(time + std::chrono::minutes{offset_min});
  local.pop_back();
  char offset[16];
  std::snprintf(offset, sizeof offset, "%c%02d:%02d", offset_min < 0 ? '-' : '+', std::abs(offset_min) / 60,
                std::abs(offset_min) % 60);
  RC_ASSERT(parse_time(local + offset).value() == time);
}

RC_GTEST_PROP(TimeProperty, NoTextIsReadAsTwoTimes, (const std::string& text)) {
  // Whatever is read is written in the one form, and that form reads as the same moment.
  const auto read = parse_time(text);
  if (read) RC_ASSERT(parse_time(to_string(*read)).value() == *read);
}

}  // namespace
}  // namespace tallystick::core
