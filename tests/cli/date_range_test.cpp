#include "cli/date_range.hpp"

#include <gtest/gtest.h>

namespace tallystick::cli {
namespace {

std::string range_text(std::string_view from, std::optional<std::string_view> to) {
  const auto range = parse_date_range(from, to);
  return range ? core::to_string(range->start) + " " + core::to_string(range->end) : "fault: " + range.error();
}

TEST(DateRange, ReadsEveryForm) {
  struct Row {
    const char* from;
    std::optional<std::string_view> to;
    const char* expected;
  };
  const Row rows[] = {
      {"2026-03", std::nullopt, "2026-03-01T00:00:00.000Z 2026-04-01T00:00:00.000Z"},
      {"2026-12", std::nullopt, "2026-12-01T00:00:00.000Z 2027-01-01T00:00:00.000Z"},
      {"2024-02", std::nullopt, "2024-02-01T00:00:00.000Z 2024-03-01T00:00:00.000Z"},
      {"2026-03-01", std::nullopt, "2026-03-01T00:00:00.000Z 2026-03-02T00:00:00.000Z"},
      {"2024-02-29", std::nullopt, "2024-02-29T00:00:00.000Z 2024-03-01T00:00:00.000Z"},
      {"2026", std::nullopt, "2026-01-01T00:00:00.000Z 2027-01-01T00:00:00.000Z"},
      {"2026-03", "2026-04", "2026-03-01T00:00:00.000Z 2026-04-01T00:00:00.000Z"},
      {"2026-03", "2026-05", "2026-03-01T00:00:00.000Z 2026-05-01T00:00:00.000Z"},
      {"2026-03-01", "2026-03-15", "2026-03-01T00:00:00.000Z 2026-03-15T00:00:00.000Z"},
      {"2026-03-04T09:15:00Z", "2026-03-04T10:00:00.5Z", "2026-03-04T09:15:00.000Z 2026-03-04T10:00:00.500Z"},
      {"2026-03-04T09:15:00+01:00", "2026-03-05", "2026-03-04T08:15:00.000Z 2026-03-05T00:00:00.000Z"},
      {"2026-03-04T09:15:00", "2026-03-04T09:15:00.001234", "2026-03-04T09:15:00.000Z 2026-03-04T09:15:00.001Z"},
      {"2026-03-04 09:15:00 +0000 UTC", "2026-04", "2026-03-04T09:15:00.000Z 2026-04-01T00:00:00.000Z"},
  };
  for (const Row& row : rows) EXPECT_EQ(range_text(row.from, row.to), row.expected) << row.from;
}

TEST(DateRange, SaysWhatIsWrong) {
  struct Row {
    const char* from;
    std::optional<std::string_view> to;
    const char* expected;
  };
  const char* not_a_date = "is not a date: write 2026-03, 2026-03-01 or 2026-03-01T00:00:00Z";
  const Row rows[] = {
      {"March", std::nullopt, not_a_date},
      {"", std::nullopt, not_a_date},
      {"2026-3", std::nullopt, not_a_date},
      {"202", std::nullopt, not_a_date},
      {"2026-03-01T", "2026-04", not_a_date},
      {"20260301", std::nullopt, not_a_date},
      {"2026-13", std::nullopt, "there is no such day or time"},
      {"2026-02-29", std::nullopt, "there is no such day or time"},
      {"0001-01-01", std::nullopt, "there is no such day or time"},
      {"2026-03", "tomorrow", "--to: \"tomorrow\" is not a date"},
      {"2026-03-04T09:15:00Z", std::nullopt, "--to is missing"},
      {"2026-03", "2026-03", "leave --to out for the whole of 2026-03"},
      {"2026-04", "2026-03", "--from (2026-04-01T00:00:00.000Z) must be before --to (2026-03-01T00:00:00.000Z)"},
      {"2026-03-04T00:00:00Z", "2026-03-04", "must be before --to"},
  };
  for (const Row& row : rows) {
    const std::string text = range_text(row.from, row.to);
    EXPECT_TRUE(text.starts_with("fault: ")) << row.from << ": " << text;
    EXPECT_NE(text.find(row.expected), std::string::npos) << row.from << ": " << text;
  }
}

TEST(DayRange, IsTheDaysThatTheRangeTouches) {
  struct Row {
    std::optional<std::string_view> from;
    std::optional<std::string_view> to;
    const char* expected;
  };
  const Row rows[] = {
      {std::nullopt, std::nullopt, "- -"},
      {"2026-03", std::nullopt, "2026-03-01 2026-03-31"},
      {"2024-02", std::nullopt, "2024-02-01 2024-02-29"},
      {"2026", std::nullopt, "2026-01-01 2026-12-31"},
      {"2026-03-05", std::nullopt, "2026-03-05 2026-03-05"},
      {"2026-03", "2026-05", "2026-03-01 2026-04-30"},
      {std::nullopt, "2026-03", "- 2026-02-28"},
      {std::nullopt, "2026-03-05", "- 2026-03-04"},
      {"2026-03-04T09:15:00Z", "2026-03-05T00:00:00Z", "2026-03-04 2026-03-04"},
      {"2026-03-04T09:15:00Z", "2026-03-05T00:00:00.001Z", "2026-03-04 2026-03-05"},
      {"2026-03-04T09:15:00Z", std::nullopt, "fault: --to is missing: --from is a moment, so say where the range ends"},
      {std::nullopt, "soon", "fault: --to: \"soon\" is not a date: write 2026-03, 2026-03-01 or 2026-03-01T00:00:00Z"},
      {"2026-03", "2026-03", "fault: the range ends before --to and is empty: leave --to out for the whole of 2026-03"},
  };
  for (const Row& row : rows) {
    const auto days = parse_day_range(row.from, row.to);
    const auto text = [](const std::optional<core::Day>& day) { return day ? core::to_string(*day) : "-"; };
    EXPECT_EQ(days ? text(days->first) + " " + text(days->last) : "fault: " + days.error(), row.expected);
  }
}

TEST(Day, IsOneDayOrTheLastOfMore) {
  struct Row {
    const char* text;
    const char* day;
    const char* last_day;
  };
  const char* no_day = "fault: --x: \"2026-03\" is not a day: write 2026-03-31";
  const char* no_such = "fault: --x: \"2026-02-30\" is written like a date, but there is no such day or time";
  const Row rows[] = {
      {"2026-03-31", "2026-03-31", "2026-03-31"},
      {"2026-03", no_day, "2026-03-31"},
      {"2024-02", "fault: --x: \"2024-02\" is not a day: write 2026-03-31", "2024-02-29"},
      {"2026", "fault: --x: \"2026\" is not a day: write 2026-03-31", "2026-12-31"},
      {"2026-02-30", no_such, no_such},
      {"2026-03-31T00:00:00Z", "fault: --x: \"2026-03-31T00:00:00Z\" is not a day: write 2026-03-31",
       "fault: --x: \"2026-03-31T00:00:00Z\" is not a day or month: write 2026-03-31 or 2026-03"},
  };
  for (const Row& row : rows) {
    const auto text = [](const Result<core::Day, std::string>& day) {
      return day ? core::to_string(*day) : "fault: " + day.error();
    };
    EXPECT_EQ(text(parse_day("--x", row.text)), row.day);
    EXPECT_EQ(text(parse_last_day("--x", row.text)), row.last_day);
  }
}

}  // namespace
}  // namespace tallystick::cli
