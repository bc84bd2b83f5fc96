#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cli/display_width.hpp"
#include "cli/number_text.hpp"
#include "cli/spelling.hpp"
#include "cli/table.hpp"
#include "client/duration.hpp"

namespace tallystick::cli {
namespace {

using std::chrono::milliseconds;

TEST(DisplayWidth, CountsCellsOfATerminal) {
  struct Row {
    const char* text;
    std::size_t cells;
  };
  const Row rows[] = {
      {"", 0},          {"abc", 3}, {"Zoë", 3}, {"Zoe\u0308", 3},  // the same with a combining mark
      {"東京", 4},                                                 // East Asian wide
      {"ｱｲｳ", 3},                                                  // half width
      {"Ａ", 2},                                                   // full width
      {"서울", 4},                                                 // Hangul syllables
      {"😀", 2},                                                    // emoji
      {"e\u200Bf", 2},                                             // zero-width space
      {"שָׁלוֹם", 4},                                                 // points of Hebrew
      {"\xFF", 1},                                                 // no UTF-8
      {"a\xE2\x82", 3},                                            // cut in the middle of a character
  };
  for (const Row& row : rows) EXPECT_EQ(display_width(row.text), row.cells) << row.text;
}

TEST(DisplayWidth, ShortensWithinTheWidth) {
  struct Row {
    const char* text;
    std::size_t width;
    const char* expected;
  };
  const Row rows[] = {
      {"abc", 3, "abc"},      {"abcd", 3, "ab…"},   {"abcd", 1, "…"}, {"東京都", 6, "東京都"},
      {"東京都", 5, "東京…"}, {"東京都", 4, "東…"}, {"", 1, ""},      {"Zoe\u0308bc", 4, "Zoe\u0308…"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(shortened(row.text, row.width), row.expected) << row.text << " in " << row.width;
    EXPECT_LE(display_width(shortened(row.text, row.width)), row.width);
  }
}

TEST(DisplayWidth, NothingThatSteersATerminalIsPrintable) {
  EXPECT_EQ(printable("plain, Zoë, 東京"), "plain, Zoë, 東京");
  EXPECT_EQ(printable("a\x1b[2Jb"), "a\uFFFD[2Jb");
  EXPECT_EQ(printable("a\nb\tc"), "a\uFFFDb\uFFFDc");
  EXPECT_EQ(printable("\u202Egnp.exe"), "\uFFFDgnp.exe");
  EXPECT_EQ(printable("\u009B31m"), "\uFFFD31m");
  EXPECT_EQ(printable("a\xFF"
                      "b"),
            "a\uFFFDb");
}

TEST(NumberText, ThousandsSeparators) {
  struct Row {
    const char* number;
    const char* expected;
  };
  const Row rows[] = {{"0", "0"},
                      {"999", "999"},
                      {"1000", "1,000"},
                      {"-1000", "-1,000"},
                      {"1234567.25", "1,234,567.25"},
                      {"100000", "100,000"},
                      {"0.123456789", "0.123456789"},
                      {"1e9", "1e9"},
                      {"", ""},
                      {"12.", "12."},
                      {"999999999999999999", "999,999,999,999,999,999"}};
  for (const Row& row : rows) EXPECT_EQ(with_thousands_separators(std::string_view(row.number)), row.expected);
  EXPECT_EQ(count_of(1, "event"), "1 event");
  EXPECT_EQ(count_of(0, "event"), "0 events");
  EXPECT_EQ(count_of(2000, "event"), "2,000 events");
}

TEST(NumberText, SizesAndTimes) {
  EXPECT_EQ(bytes_text(0), "0 B");
  EXPECT_EQ(bytes_text(999), "999 B");
  EXPECT_EQ(bytes_text(1'000), "1.0 kB");
  EXPECT_EQ(bytes_text(23'650'000), "23.6 MB");
  EXPECT_EQ(bytes_text(999'999), "999.9 kB");
  EXPECT_EQ(bytes_text(18'000'000'000'000'000'000U), "18000.0 PB");
  EXPECT_EQ(duration_text(milliseconds{0}), "0 ms");
  EXPECT_EQ(duration_text(milliseconds{999}), "999 ms");
  EXPECT_EQ(duration_text(milliseconds{1'449}), "1.4 s");
  EXPECT_EQ(duration_text(milliseconds{125'000}), "2 min 5 s");
  EXPECT_EQ(duration_text(milliseconds{3'780'000}), "1 h 3 min");
  EXPECT_EQ(per_second(140, milliseconds{1'000}), 140U);
  EXPECT_EQ(per_second(10, milliseconds{0}), 0U);
}

TEST(NumberText, LengthsAreRoundedDown) {
  struct Row {
    milliseconds length;
    const char* expected;
  };
  using std::chrono::days;
  using std::chrono::hours;
  using std::chrono::minutes;
  using std::chrono::seconds;
  const Row rows[] = {
      {milliseconds{-1}, "0 s"},
      {milliseconds{0}, "0 s"},
      {milliseconds{850}, "850 ms"},
      {milliseconds{1'999}, "1 s"},
      {minutes{30} - milliseconds{1}, "29 min 59 s"},
      {minutes{30}, "30 min"},
      {minutes{31}, "31 min"},
      {hours{1} - milliseconds{1}, "59 min 59 s"},
      {hours{1} + seconds{59}, "1 h"},
      {hours{4} + minutes{12}, "4 h 12 min"},
      {days{1} - milliseconds{1}, "23 h 59 min"},
      {days{1} + seconds{1}, "1 d"},
      {days{1} + hours{4} + minutes{12} + seconds{59}, "1 d 4 h 12 min"},
      {days{366} + minutes{1}, "366 d 1 min"},
  };
  for (const Row& row : rows) EXPECT_EQ(length_text(row.length), row.expected);
}

TEST(Timeout, ReadsNumberAndUnit) {
  struct Row {
    const char* text;
    std::optional<milliseconds> expected;
  };
  const Row rows[] = {
      {"30s", milliseconds{30'000}},
      {"500ms", milliseconds{500}},
      {"2m", milliseconds{120'000}},
      {"1h", milliseconds{3'600'000}},
      {"15", milliseconds{15'000}},
      {"1ms", milliseconds{1}},
      {"24h", milliseconds{86'400'000}},
      {"25h", std::nullopt},
      {"0s", std::nullopt},
      {"-1s", std::nullopt},
      {"1.5s", std::nullopt},
      {"s", std::nullopt},
      {"", std::nullopt},
      {"10 s", std::nullopt},
      {"10d", std::nullopt},
      {"99999999999s", std::nullopt},
  };
  for (const Row& row : rows) EXPECT_EQ(client::parse_duration(row.text), row.expected) << row.text;
}

TEST(Spelling, FindsWhatWasMeant) {
  const std::vector<std::string> names{"apply", "ingest", "report", "whoami", "serve"};
  struct Row {
    const char* written;
    std::optional<std::string> nearest;
  };
  const Row rows[] = {
      {"reprot", "report"}, {"raport", "report"},  {"REPORT", "report"},      {"ingset", "ingest"},
      {"whoiam", "whoami"}, {"aply", "apply"},     {"invoice", std::nullopt}, {"xyz", std::nullopt},
      {"", std::nullopt},   {"reports", "report"},
  };
  for (const Row& row : rows) EXPECT_EQ(nearest_spelling(row.written, names), row.nearest) << row.written;
  EXPECT_EQ(did_you_mean("reprot", names), ", did you mean \"report\"?");
  EXPECT_EQ(did_you_mean("zzzzzz", names), "");
  EXPECT_EQ(nearest_spelling(std::string(5'000, 'a'), names), std::nullopt);
  EXPECT_EQ(nearest_spelling("x", std::vector<std::string>{"y"}), std::nullopt);
}

TEST(Table, AlignsTextLeftAndNumbersRight) {
  Table table({{"PRODUCT"}, {"TOTAL", true}, {"NOTE"}});
  table.add_row({"Voice", "7", "x"});
  table.add_row({"東京", "1,250.5"});
  EXPECT_EQ(table.to_string({}),
            "PRODUCT    TOTAL  NOTE\n"
            "Voice          7  x\n"
            "東京     1,250.5\n");
}

TEST(Table, ShortensTextAndNeverNumbersToFitTheTerminal) {
  Table table({{"PRODUCT"}, {"TOTAL", true}});
  table.add_row({"Genesys Cloud CX 3 named", "123456789"});
  EXPECT_EQ(table.to_string({.width = 25}),
            "PRODUCT             TOTAL\n"
            "Genesys Cloud…  123456789\n");
  // Too narrow for anything: a column keeps its least width, and no digit is lost.
  EXPECT_EQ(table.to_string({.width = 5}),
            "PRODUCT       TOTAL\n"
            "Genesys…  123456789\n");
}

TEST(Table, NeverShortensWhatStaysWhole) {
  Table table({{"PRODUCT"}, {.title = "ID", .is_whole = true}, {"NOTE"}});
  table.add_row({"Genesys Cloud CX 3 named", "22222222-2222-4222-8222-222222222222", "x"});
  EXPECT_EQ(table.to_string({.width = 20}),
            "PRODUCT   ID                                    NOTE\n"
            "Genesys…  22222222-2222-4222-8222-222222222222  x\n");
}

TEST(Number, AmountsHaveTheirCurrencysMinorDigitsAtLeast) {
  const auto decimal = [](std::string_view text) { return core::Decimal::parse(text).value(); };
  EXPECT_EQ(amount_text(decimal("1500"), "USD"), "1500.00");
  EXPECT_EQ(amount_text(decimal("-0.5"), "USD"), "-0.50");
  EXPECT_EQ(amount_text(decimal("0.0002"), "USD"), "0.0002");
  EXPECT_EQ(amount_text(decimal("1500"), "JPY"), "1500");
  EXPECT_EQ(amount_text(decimal("1.5"), "BHD"), "1.500");
  EXPECT_EQ(amount_text(decimal("1.5"), "none"), "1.5");
  EXPECT_EQ(amount_text(std::nullopt, "USD"), "-");
}

TEST(Spelling, CaseOfLettersAloneMayDiffer) {
  EXPECT_TRUE(equals_without_case("UnPaid", "unpaid"));
  EXPECT_TRUE(equals_without_case("", ""));
  EXPECT_FALSE(equals_without_case("paid", "paid "));
  EXPECT_FALSE(equals_without_case("é", "É"));
}

TEST(Table, HeadIsBoldOnlyWhereColoursAreWanted) {
  Table table({{"A"}});
  table.add_row({"\x1b[31mred"});
  EXPECT_EQ(table.to_string({.colours = true}), "\x1b[1mA\x1b[0m\n\uFFFD[31mred\n");
  EXPECT_EQ(table.to_string({}), "A\n\uFFFD[31mred\n");
}

TEST(Table, RowsThatStandOutAreColouredOrMarked) {
  Table table({{"A"}, {"N", true}});
  table.add_row({"x", "1"});
  table.add_row({"y", "2"}, Table::Row::stands_out);
  EXPECT_EQ(table.to_string({.colours = true}), "\x1b[1mA  N\x1b[0m\nx  1\n\x1b[1;33my  2\x1b[0m\n");
  EXPECT_EQ(table.to_string({}), "  A  N\n  x  1\n! y  2\n");
}

TEST(Table, TheMarkTakesItsPartOfTheWidth) {
  Table table({{"PRODUCT"}, {"TOTAL", true}});
  table.add_row({"Genesys Cloud CX 3 named", "123456789"}, Table::Row::stands_out);
  EXPECT_EQ(table.to_string({.width = 27}),
            "  PRODUCT             TOTAL\n"
            "! Genesys Cloud…  123456789\n");
}

}  // namespace
}  // namespace tallystick::cli
