#include "cli/terminal_plot.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <sstream>

#include "cli/display_width.hpp"
#include "cli/hourly_usage.hpp"

namespace tallystick::cli {
namespace {

using cli_test::hours_from;

// The label's cell, a blank, the axis, and " UTC" take 7 cells where there is no peak.
constexpr std::size_t without_columns = 7;

std::vector<std::int64_t> repeated(const std::vector<std::int64_t>& pattern, std::size_t times) {
  std::vector<std::int64_t> values;
  for (std::size_t i = 0; i < times; ++i) values.insert(values.end(), pattern.begin(), pattern.end());
  return values;
}

TEST(PlotColumns, FewHoursTakeEqualWidths) {
  EXPECT_EQ(plot_columns(3, 6), (std::vector<HourSpan>{{0, 1}, {0, 1}, {1, 2}, {1, 2}, {2, 3}, {2, 3}}));
  EXPECT_EQ(plot_columns(3, 5), (std::vector<HourSpan>{{0, 1}, {1, 2}, {2, 3}}));
  EXPECT_EQ(plot_columns(0, 5), std::vector<HourSpan>{});
}

TEST(PlotColumns, ManyHoursShareColumnsWithoutGapOrOverlap) {
  // 4.8 hours a column, so that four and five alternate.
  EXPECT_EQ(plot_columns(48, 10),
            (std::vector<HourSpan>{
                {0, 4}, {4, 9}, {9, 14}, {14, 19}, {19, 24}, {24, 28}, {28, 33}, {33, 38}, {38, 43}, {43, 48}}));
  for (std::size_t hours = 1; hours <= 400; hours += 3) {
    for (std::size_t columns_max = 10; columns_max <= 130; ++columns_max) {
      const auto columns = plot_columns(hours, columns_max);
      ASSERT_LE(columns.size(), columns_max);
      ASSERT_EQ(columns.front().begin, 0U);
      ASSERT_EQ(columns.back().end, hours);
      std::size_t fewest = hours;
      std::size_t most = 0;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::size_t length = columns[i].end - columns[i].begin;
        fewest = std::min(fewest, length);
        most = std::max(most, length);
        if (i == 0 || columns[i] == columns[i - 1]) continue;
        ASSERT_EQ(columns[i].begin, columns[i - 1].end);
      }
      ASSERT_GE(fewest, 1U);
      ASSERT_LE(most - fewest, 1U);
    }
  }
}

TEST(TerminalPlot, ThreeHoursAndAPeak) {
  // Three steps of three rows; "┄ peak 2" takes 8 cells and the axis 3, so 12 columns are left: 4 an hour.
  EXPECT_EQ(terminal_plot(hours_from("2026-03-01T09:00:00Z", {1, 3, 0}), 2, {.width = 23}),
            "3 ┤    ████\n"
            "  │    ████\n"
            "  │    ████\n"
            "2 ┤┄┄┄┄████┄┄┄┄┄ peak 2\n"
            "  │    ████\n"
            "  │    ████\n"
            "1 ┤████████\n"
            "  │████████\n"
            "  │████████\n"
            "0 ┼┬───────────\n"
            "   09:00        UTC\n");
}

TEST(TerminalPlot, EveryColumnShowsTheMostOfItsHours) {
  // Hour 8 is in the second of ten columns, hour 9 in the third.
  std::vector<std::int64_t> maxima(48, 1);
  maxima[8] = 2;
  maxima[47] = 2;
  EXPECT_EQ(terminal_plot(hours_from("2026-03-01T00:00:00Z", maxima), 0, {.width = without_columns + 10}),
            "2 ┤ █       █\n"
            "  │ █       █\n"
            "  │ █       █\n"
            "  │ █       █\n"
            "1 ┤██████████\n"
            "  │██████████\n"
            "  │██████████\n"
            "  │██████████\n"
            "0 ┼┬─────────\n"
            "   03-01      UTC\n");
}

TEST(TerminalPlot, NothingButZeros) {
  EXPECT_EQ(terminal_plot(hours_from("2026-03-01T00:00:00Z", std::vector<std::int64_t>(48)), 0,
                          {.width = without_columns + 12}),
            "1 ┤\n"
            "  │\n"
            "  │\n"
            "  │\n"
            "0 ┼┬───────────\n"
            "   03-01        UTC\n");
}

TEST(TerminalPlot, OneHourFillsTheWidth) {
  EXPECT_EQ(terminal_plot(hours_from("2026-03-01T00:00:00Z", {4}), 0, {.width = without_columns + 10}),
            "4 ┤██████████\n"
            "  │██████████\n"
            "3 ┤██████████\n"
            "  │██████████\n"
            "2 ┤██████████\n"
            "  │██████████\n"
            "1 ┤██████████\n"
            "  │██████████\n"
            "0 ┼┬─────────\n"
            "   03-01      UTC\n");
  EXPECT_EQ(terminal_plot({}, 0, {}), "");
}

TEST(TerminalPlot, AnEighthShowsOnceItIsBegun) {
  // To 80 in 8 rows: an eighth of a row is 1.25, so 5 is four of them, 6 begins the fifth and 11 the next row.
  const std::string plot =
      terminal_plot(hours_from("2026-03-01T00:00:00Z", {0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 79, 80}), 0, {.width = 21});
  EXPECT_EQ(plot,
            "80 ┤           ██\n"
            "70 ┤           ██\n"
            "60 ┤           ██\n"
            "50 ┤           ██\n"
            "40 ┤           ██\n"
            "30 ┤           ██\n"
            "20 ┤          ▁██\n"
            "10 ┤ ▁▂▃▄▄▅▆▇████\n"
            " 0 ┼┬───────────┬\n"
            "    03-01         UTC\n");
  const std::string large = terminal_plot(hours_from("2026-03-01T00:00:00Z", repeated({1, 1'000'000, 0}, 5)), 0,
                                          {.width = 40, .separators = true});
  EXPECT_NE(large.find("\n          │▁█ ▁█ ▁█ ▁█ ▁█\n"), std::string::npos) << large;
}

TEST(TerminalPlot, ThePeakIsDottedAcrossWhatIsEmptyAndAcrossNothingElse) {
  // 500 is the upper edge of a row, which 500 fills; 503 shows above it.
  const std::string plot =
      terminal_plot(hours_from("2026-03-02T00:00:00Z", {500, 503, 499, 0, 400, 450}), 500, {.width = 21});
  EXPECT_EQ(plot,
            "600 ┤ ▁\n"
            "500 ┤███┄┄▄┄ peak 500\n"
            "400 ┤███ ██\n"
            "300 ┤███ ██\n"
            "200 ┤███ ██\n"
            "100 ┤███ ██\n"
            "  0 ┼┬─────\n"
            "     03-02  UTC\n");
}

TEST(TerminalPlot, ThePeakAloneIsColoured) {
  const std::string plot =
      terminal_plot(hours_from("2026-03-02T00:00:00Z", {1, 0, 1, 0}), 1, {.width = 15, .colours = true});
  const std::string row = "1 ┤██\x1b[1;33m┄┄\x1b[0m██\x1b[1;33m┄┄┄ peak 1\x1b[0m\n";
  EXPECT_TRUE(plot.starts_with(row)) << plot;
  EXPECT_EQ(plot.find('\x1b', row.size()), std::string::npos) << plot;
}

TEST(TerminalPlot, DatesStandUnderTheirTicks) {
  // A fortnight in 42 columns of 8 hours: 9 cells are 72 hours, so the ticks are weeks.
  const std::string plot =
      terminal_plot(hours_from("2026-03-01T00:00:00Z", std::vector<std::int64_t>(336, 8)), 0, {.width = 49});
  EXPECT_TRUE(
      plot.ends_with("\n0 ┼┬────────────────────┬────────────────────\n"
                     "   03-01                03-08                 UTC\n"))
      << plot;
}

TEST(TerminalPlot, FitsTheWidthThatThereIs) {
  for (const std::size_t hours : {1U, 5U, 24U, 100U, 744U, 8'784U}) {
    for (std::size_t width = 30; width <= 200; width += 17) {
      std::vector<std::int64_t> maxima(hours);
      std::iota(maxima.begin(), maxima.end(), 0);
      std::istringstream plot(terminal_plot(hours_from("2026-01-01T03:00:00Z", maxima),
                                            static_cast<std::int64_t>(hours / 2),
                                            {.width = width, .separators = true}));
      for (std::string line; std::getline(plot, line);) ASSERT_LE(display_width(line), width) << line;
    }
  }
}

}  // namespace
}  // namespace tallystick::cli
