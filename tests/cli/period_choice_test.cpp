#include "cli/period_choice.hpp"

#include <gtest/gtest.h>

namespace tallystick::cli {
namespace {

using Indexes = std::vector<std::uint64_t>;

TEST(PeriodChoice, OnePeriod) {
  EXPECT_EQ(parse_period("0").value(), 0U);
  EXPECT_EQ(parse_period("12").value(), 12U);
  EXPECT_EQ(parse_period("18446744073709551615").value(), 18'446'744'073'709'551'615U);
  for (const std::string_view wrong : {"", "-1", "+1", "1.5", "one", " 1", "18446744073709551616"}) {
    const auto parsed = parse_period(wrong);
    ASSERT_FALSE(parsed) << wrong;
    EXPECT_TRUE(parsed.error().starts_with("--period: \"" + std::string(wrong) + "\" is no period")) << parsed.error();
  }
}

TEST(PeriodChoice, ARange) {
  EXPECT_EQ(parse_periods("0..3").value(), (Indexes{0, 1, 2, 3}));
  EXPECT_EQ(parse_periods("4..4").value(), Indexes{4});
  EXPECT_EQ(parse_periods("4").value(), Indexes{4});
  EXPECT_EQ(parse_periods("1..1200").value().size(), 1'200U);
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"", "is no range"},
      {"0...3", "is no range"},
      {"..3", "is no range"},
      {"3..", "is no range"},
      {"0-3", "is no range"},
      {"a..b", "is no range"},
      {"3..1", "ends before it begins"},
      {"-1..1", "is no range"},
      {"0..1200", "more than"},
      {"0..18446744073709551615", "more than"},
  };
  for (const auto& [text, expected] : rows) {
    const auto parsed = parse_periods(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_NE(parsed.error().find(expected), std::string::npos) << parsed.error();
  }
}

TEST(PeriodChoice, TwoToCompare) {
  EXPECT_EQ(parse_compared_periods("0,1").value(), (Indexes{0, 1}));
  EXPECT_EQ(parse_compared_periods("12,3").value(), (Indexes{12, 3}));
  for (const std::string_view wrong : {"", "1", "1,", ",1", "1,2,3", "0..1", "1, 2", "1,1"}) {
    EXPECT_FALSE(parse_compared_periods(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace tallystick::cli
