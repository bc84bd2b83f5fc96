#include "wire/time_reader.hpp"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace tallystick::wire {
namespace {

using namespace std::chrono_literals;

void expect_as_parsed(TimeReader& read, std::string_view text) {
  const auto parsed = core::parse_time(text);
  const auto found = read(text);
  ASSERT_EQ(found.has_value(), parsed.has_value()) << text;
  ASSERT_TRUE(!parsed || *found == *parsed) << text;
}

TEST(TimeReader, ReadsMomentsOfOneMonth) {
  TimeReader read;
  const auto march = core::TimePoint{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};
  EXPECT_EQ(read("2026-03-04T09:15:00.250Z"), march + 3 * 24h + 9h + 15min + 250ms);
  EXPECT_EQ(read("2026-03-31T23:59:59.999Z"), march + 31 * 24h - 1ms);
  EXPECT_EQ(read("2026-03-01T00:00:00.000Z"), march);
  EXPECT_EQ(read("2026-02-28T00:00:00.000Z"), march - 24h);
  EXPECT_EQ(read("2026-03-01T00:00:00.001Z"), march + 1ms);
}

// After a moment of the same month, which is when they are read the quick way.
TEST(TimeReader, RefusesWhatIsNoTime) {
  for (const std::string_view text :
       {"2026-02-29T00:00:00.000Z", "2026-02-00T00:00:00.000Z", "2026-02-30T00:00:00.000Z", "2026-02-99T00:00:00.000Z",
        "2026-02-01T24:00:00.000Z", "2026-02-01T00:60:00.000Z", "2026-02-01T00:00:60.000Z", "2026-02-0xT00:00:00.000Z",
        "2026-02-:1T00:00:00.000Z", "2026-02-01T00:00:00.00xZ", "2026-02-01T00:00:00.x00Z", "2026-02-01T00:00:00,000Z",
        "2026-02-01T00-00:00.000Z", "2026-02-01T00:00-00.000Z", "2026-02-01t00:00:00.000Z", "2026-02-01T00:00:00.000z",
        "2026-02-01", ""}) {
    TimeReader read;
    ASSERT_TRUE(read("2026-02-01T00:00:00.000Z").has_value());
    EXPECT_EQ(read(text), std::nullopt) << text;
    expect_as_parsed(read, text);
  }
}

TEST(TimeReader, TakesOtherFormsInBetween) {
  TimeReader read;
  for (const std::string_view text :
       {"2024-02-01T00:00:00.000Z", "2024-02-29T12:00:00Z", "2024-02-29T12:00:00.000Z", "2024-02-01T00:00:00+0100",
        "2024-02-29 12:00:00 +0000 UTC", "2024-02-02T00:00:00.1234567Z", "2024-02-28T00:00:00.000Z",
        "2024-02-01T00:00:00.0+01", "9999-12-31T23:59:59.999Z", "9999-12-01T00:00:00.000Z", "0002-01-01T00:00:00.000Z",
        "0002-01-31T00:00:00.000Z", "0001-01-31T00:00:00.000Z"}) {
    expect_as_parsed(read, text);
  }
}

RC_GTEST_PROP(TimeReaderProperty, ReadsOneTextAfterTheOtherAsEachIsParsed, ()) {
  TimeReader read;
  for (int left = *rc::gen::inRange(1, 30); left > 0; --left) {
    const auto day =
        std::chrono::sys_days{std::chrono::year{2026} / 2 / 25} + std::chrono::days{*rc::gen::inRange(0, 8)};
    std::string text = core::to_string(core::TimePoint{day} + core::milliseconds{*rc::gen::inRange(0, 86'400'000)});
    if (*rc::gen::inRange(0, 3) == 0) {
      text[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::elementOf(std::string("0123459/: TZz-."));
    }
    const auto parsed = core::parse_time(text);
    const auto found = read(text);
    RC_ASSERT(found.has_value() == parsed.has_value());
    if (parsed) RC_ASSERT(*found == *parsed);
  }
}

}  // namespace
}  // namespace tallystick::wire
