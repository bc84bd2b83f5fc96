#include "cli/byte_source.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "cli/compressed.hpp"
#include "cli/memory_source.hpp"

namespace tallystick::cli {
namespace {

using cli_test::gzip;
using cli_test::MemorySource;
using cli_test::zstd;

std::string read_all(const std::string& bytes, std::size_t step) {
  std::istringstream stream(bytes);
  InflatedStream inflated(stream);
  std::string text;
  std::string buffer(step, '\0');
  while (true) {
    const auto read = inflated.read(buffer.data(), buffer.size());
    if (!read) return text + "<" + read.error() + ">";
    if (*read == 0) {
      EXPECT_EQ(inflated.bytes_taken(), bytes.size());
      return text;
    }
    text.append(buffer, 0, *read);
  }
}

// Longer than a chunk, and not so regular that it vanishes.
std::string long_text() {
  std::string text;
  for (int i = 0; i < 60'000; ++i) text += std::to_string(i * 7919) + "\n";
  return text;
}

TEST(InflatedStream, GivesWhatWasMeant) {
  const std::string text = long_text();
  const std::string half = text.substr(0, text.size() / 2);
  const std::string rest = text.substr(half.size());
  struct Row {
    const char* what;
    std::string bytes;
    std::string expected;
  };
  const Row rows[] = {
      {"plain", text, text},
      {"nothing", "", ""},
      {"gzip", gzip(text), text},
      {"gzip of nothing", gzip(""), ""},
      {"two gzip members", gzip(half) + gzip(rest), text},
      {"an empty member between", gzip(half) + gzip("") + gzip(rest), text},
      {"zstd", zstd(text), text},
      {"zstd of nothing", zstd(""), ""},
      {"two zstd frames", zstd(half) + zstd(rest), text},
  };
  for (const Row& row : rows) {
    for (const std::size_t step : {std::size_t{1'000}, std::size_t{65'536}, std::size_t{1'000'000}}) {
      EXPECT_TRUE(read_all(row.bytes, step) == row.expected) << row.what << " in steps of " << step;
    }
  }
}

TEST(InflatedStream, SaysWhatIsDamaged) {
  const std::string text = long_text();
  std::string flipped = gzip(text);
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 0x55);
  std::string flipped_zstd = zstd(text);
  flipped_zstd[flipped_zstd.size() / 2] = static_cast<char>(flipped_zstd[flipped_zstd.size() / 2] ^ 0x55);
  struct Row {
    const char* what;
    std::string bytes;
    const char* expected;
  };
  const Row rows[] = {
      {"gzip cut", gzip(text).substr(0, 5'000), "<ends in the middle of its gzip data>"},
      {"gzip head alone", gzip(text).substr(0, 4), "<ends in the middle of its gzip data>"},
      {"zstd cut", zstd(text).substr(0, 5'000), "<ends in the middle of its zstd data>"},
      {"gzip flipped", flipped, "<the gzip data is damaged>"},
      {"something behind gzip", gzip("a") + "bcd", "<the gzip data is damaged>"},
      {"zstd nonsense", std::string("\x28\xB5\x2F\xFD") + std::string(200, '\xFF'), "<the zstd data is damaged>"},
  };
  for (const Row& row : rows) {
    const std::string read = read_all(row.bytes, 65'536);
    EXPECT_TRUE(read.ends_with(row.expected))
        << row.what << ": " << read.substr(read.size() - std::min<std::size_t>(read.size(), 60));
  }
}

TEST(LineReader, CountsLinesAcrossEveryBoundary) {
  const std::string text =
      "\xEF\xBB\xBF"
      "one\r\n\ntwo \r three\n\r\nlast";
  for (const std::size_t step : {1U, 2U, 3U, 5U, 100U}) {
    MemorySource source(text, step);
    LineReader reader(source);
    std::string seen;
    while (true) {
      const auto line = reader.next();
      ASSERT_TRUE(line);
      if (!*line) break;
      seen += std::to_string(reader.line()) + "[" + std::string(**line) + "]";
    }
    EXPECT_EQ(seen, "1[one]2[]3[two \r three]4[]5[last]") << step;
  }
}

TEST(LineReader, RefusesALineWithoutEnd) {
  MemorySource source("short\n" + std::string(LineReader::line_bytes_max + 70'000, 'x'));
  LineReader reader(source);
  ASSERT_TRUE(reader.next());
  const auto line = reader.next();
  ASSERT_FALSE(line);
  EXPECT_EQ(line.error().line, 2U);
}

TEST(InputFault, NamesItsPlace) {
  EXPECT_EQ(to_string("a.csv", {12, "time", "is wrong"}), "a.csv:12: time: is wrong");
  EXPECT_EQ(to_string("a.csv", {12, "", "is wrong"}), "a.csv:12: is wrong");
  EXPECT_EQ(to_string("a.csv", {0, "", "is wrong"}), "a.csv: is wrong");
}

}  // namespace
}  // namespace tallystick::cli
