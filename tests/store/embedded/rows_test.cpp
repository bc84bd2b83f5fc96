#include <gtest/gtest.h>
// GoogleTest first: rapidcheck's bridge expects its macros.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "store/embedded/byte_codec.hpp"
#include "store/embedded/commit_log.hpp"
#include "store/embedded/dictionary.hpp"
#include "store/embedded/event_blocks.hpp"
#include "store/embedded/pair_hash.hpp"
#include "store/embedded/presence_blocks.hpp"
#include "store/embedded/rollup_rows.hpp"
#include "store/usage_events.hpp"

// What is written is read back, what is cut short or changed is noticed, and the order of keys is the order of what
// they mean.
namespace tallystick::store::embedded {
namespace {

using test::at;
using test::quantity;

constexpr auto int128_max = static_cast<core::int128>(~core::uint128{0} >> 1U);

TEST(ByteCodec, DecimalsOfEverySizeComeBack) {
  const std::vector<core::Decimal> values{{},
                                          quantity("1"),
                                          quantity("-1"),
                                          quantity("0.000000001"),
                                          quantity("-2.5"),
                                          quantity("999999999999999999.999999999"),
                                          quantity("999999999999999999"),
                                          core::Decimal::from_units(int128_max),
                                          core::Decimal::from_units(int128_max / 1'000'000'000 * 1'000'000'000),
                                          core::Decimal::from_units(-int128_max)};
  for (const core::Decimal value : values) {
    std::string bytes;
    ByteWriter(bytes).decimal(value);
    ByteReader reader(bytes);
    EXPECT_EQ(reader.decimal(), value);
    EXPECT_TRUE(reader.is_done());
  }
}

TEST(ByteCodec, DecimalsOfFewDigitsAreShort) {
  const std::vector<std::pair<std::string_view, std::size_t>> rows{
      {"0", 1},    {"7", 1},      {"-7", 1},     {"8", 2},        {"0.1", 1},         {"102.3", 2},
      {"1023", 2}, {"-12.50", 2}, {"0.0005", 1}, {"0.000123", 2}, {"0.000000001", 1}, {"131071", 3}};
  for (const auto& [text, size] : rows) {
    std::string bytes;
    ByteWriter(bytes).decimal(quantity(text));
    EXPECT_EQ(bytes.size(), size) << text;
  }
}

TEST(ByteCodec, ADecimalBeyondTheLargestIsRefused) {
  // All places of 127 bits are the largest; as whole numbers, or with one bit more, they are beyond it.
  std::string largest;
  ByteWriter(largest).decimal(core::Decimal::from_units(int128_max));
  std::string whole = largest;
  whole[0] = static_cast<char>(static_cast<unsigned char>(whole[0]) & 0xF1U);
  std::string twice = largest;
  twice.back() = static_cast<char>(static_cast<unsigned char>(twice.back()) << 1U);
  for (const std::string& bytes : {whole, twice}) {
    ByteReader reader(bytes);
    static_cast<void>(reader.decimal());
    EXPECT_FALSE(reader.ok());
  }
}

RC_GTEST_PROP(ByteCodecProperty, DecimalsComeBackAndCutOnesAreNoticed, (std::int64_t digits)) {
  const auto places = *rc::gen::inRange(0, 10);
  core::int128 units = digits;
  for (int i = 0; i < places; ++i) units *= 10;
  const auto value = core::Decimal::from_units(units);
  std::string bytes;
  ByteWriter(bytes).decimal(value);
  ByteReader reader(bytes);
  RC_ASSERT(reader.decimal() == value);
  RC_ASSERT(reader.is_done());
  ByteReader cut(std::string_view(bytes).substr(0, bytes.size() - 1));
  static_cast<void>(cut.decimal());
  RC_ASSERT(!cut.ok());
}

TEST(NameTable, KnowsNoNameOfANumberThatWasNeverGiven) {
  NameTable table;
  table.append("ana");
  const std::vector<std::uint32_t> given{0};
  const std::vector<std::uint32_t> one_too_many{0, 1};
  ASSERT_TRUE(table.names_of(given));
  EXPECT_EQ(table.names_of(given)->at(0), "ana");
  EXPECT_FALSE(table.names_of(one_too_many));
}

RC_GTEST_PROP(ByteCodecProperty, NumbersComeBackAndCutOnesAreNoticed,
              (std::uint64_t number, std::int64_t signed_number, std::string text, std::uint32_t ordered)) {
  std::string bytes;
  ByteWriter writer(bytes);
  writer.number(number);
  writer.signed_number(signed_number);
  writer.text(text);
  writer.u32_ordered(ordered);
  writer.u64_ordered(number);
  ByteReader reader(bytes);
  RC_ASSERT(reader.number() == number);
  RC_ASSERT(reader.signed_number() == signed_number);
  RC_ASSERT(reader.text() == text);
  RC_ASSERT(reader.u32_ordered() == ordered);
  RC_ASSERT(reader.u64_ordered() == number);
  RC_ASSERT(reader.is_done());

  ByteReader cut(std::string_view(bytes).substr(0, bytes.size() - 1));
  static_cast<void>(cut.number());
  static_cast<void>(cut.signed_number());
  static_cast<void>(cut.text());
  static_cast<void>(cut.u32_ordered());
  static_cast<void>(cut.u64_ordered());
  RC_ASSERT(!cut.ok());
}

RC_GTEST_PROP(ByteCodecProperty, OrderedNumbersSortLikeNumbers, (std::uint64_t a, std::uint64_t b)) {
  std::string left;
  std::string right;
  ByteWriter(left).u64_ordered(a);
  ByteWriter(right).u64_ordered(b);
  RC_ASSERT((left < right) == (a < b));
}

TEST(ByteCodec, AnEndlessNumberIsRefused) {
  const std::string endless(64, '\xFF');
  ByteReader reader(endless);
  static_cast<void>(reader.number());
  EXPECT_FALSE(reader.ok());
}

PairHash hash(std::uint8_t fill) {
  PairHash value;
  value.bytes.fill(fill);
  return value;
}

std::vector<LoggedEvent> one_of_each() {
  const EventPlace place{ProductNumber{7}, ResourceNumber{300}, at("2026-03-04T09:15:00.123Z"), {}};
  EventPlace interval = place;
  interval.until = at("2026-04-01T00:00:00Z");
  LoggedUsage usage{OrganizationNumber{1}, hash(1), 11, "s", "a", place, quantity("2.5"), false};
  LoggedUsage voided{OrganizationNumber{2}, hash(2), 12, "s", "b", interval, quantity("1"), true};
  LoggedVoid correction{OrganizationNumber{3}, hash(3), 13, "s", "v", hash(1), "s", "a", interval};
  LoggedVoid early{OrganizationNumber{4}, hash(4), 14, "", "w", hash(9), "t", std::string_view("z\0z", 3), {}};
  return {usage, voided, correction, early};
}

TEST(CommitLog, RecordsComeBackAsTheyWere) {
  const auto events = one_of_each();
  const std::string record = encode_log_record(events);
  TextArena texts;
  const auto read = decode_log_record(record, texts);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), events.size());
  EXPECT_EQ(encode_log_record(*read), record);
  const auto& voided = std::get<LoggedUsage>((*read)[1]);
  EXPECT_TRUE(voided.is_voided);
  EXPECT_EQ(voided.place, std::get<LoggedUsage>(events[1]).place);
  EXPECT_EQ(voided.pair, hash(2));
  EXPECT_EQ(std::get<LoggedVoid>((*read)[2]).target_place, voided.place);
  EXPECT_EQ(std::get<LoggedVoid>((*read)[3]).target_place, std::nullopt);
  EXPECT_EQ(std::get<LoggedVoid>((*read)[3]).target_id, std::string_view("z\0z", 3));
}

TEST(CommitLog, ARecordThatIsCutAnywhereIsRefused) {
  const std::string record = encode_log_record(one_of_each());
  TextArena texts;
  for (std::size_t size = 0; size < record.size(); ++size) {
    EXPECT_FALSE(decode_log_record(std::string_view(record).substr(0, size), texts)) << size;
  }
  EXPECT_FALSE(decode_log_record(record + "x", texts));
}

TEST(RollupRows, MonthsBeginWhereCalendarsSay) {
  for (const std::string_view date : {"1970-01-31", "2024-02-29", "2025-12-31", "2026-01-01", "2027-03-01"}) {
    const core::Day day = *core::parse_date(date);
    const core::Day start = first_day_of(month_of(day));
    EXPECT_EQ(core::to_string(start), std::string(date.substr(0, 8)) + "01");
    EXPECT_EQ(month_of(start), month_of(day));
  }
  EXPECT_EQ(month_of(*core::parse_date("2026-01-01")), month_of(*core::parse_date("2025-12-31")) + 1);
}

TEST(PairHash, TellsPairsContentsAndKeysApart) {
  const PairHasher hasher({1});
  const PairHasher other({2});
  const core::OrganizationId bank = test::bank;
  EXPECT_EQ(hasher.pair(bank, "s", "a"), hasher.pair(bank, "s", "a"));
  EXPECT_NE(hasher.pair(bank, "s", "a"), other.pair(bank, "s", "a"));
  EXPECT_NE(hasher.pair(bank, "s", "a"), hasher.pair(test::organization(2), "s", "a"));
  EXPECT_NE(hasher.pair(bank, "sa", ""), hasher.pair(bank, "s", "a"));
  EXPECT_NE(hasher.pair(bank, "", "sa"), hasher.pair(bank, "s", "a"));
  const auto content = [&](const test::Used& what) { return hasher.content_of(test::used(what)); };
  const test::Used plain{.id = "a", .time = "2026-03-04T09:00:00Z"};
  test::Used same = plain;
  same.id = "b";
  same.quantity = "1.000";
  EXPECT_EQ(content(plain), content(same));
  test::Used shifted = plain;
  shifted.product = "minutesa";
  shifted.resource = "na";
  EXPECT_NE(content(plain), content(shifted));
}

TEST(EventBlocks, KeysSortByDayAndMomentWithinAProduct) {
  const core::Day day = *core::parse_date("2026-03-04");
  const EventBlockKey key{OrganizationNumber{1}, ProductNumber{256}, day, at("2026-03-04T09:00:00Z"), 5, 6};
  const auto bytes = [](EventBlockKey changed, auto change) {
    change(changed);
    return event_block_key(changed);
  };
  const std::string middle = event_block_key(key);
  EXPECT_NE(middle, bytes(key, [](auto& k) { k.number = 7; }));
  EXPECT_NE(middle, bytes(key, [](auto& k) { k.seal = 6; }));
  EXPECT_LT(middle, bytes(key, [](auto& k) { k.first += core::milliseconds{1}; }));
  EXPECT_GT(middle, bytes(key, [](auto& k) { k.first = core::TimePoint{k.day}; }));
  EXPECT_LT(middle, bytes(key, [](auto& k) {
              k.day += std::chrono::days{1};
              k.first = core::TimePoint{k.day};
              k.seal = 0;
            }));
  EXPECT_GT(middle, bytes(key, [](auto& k) { k.product = ProductNumber{255}; }));
  EXPECT_LT(middle, bytes(key, [](auto& k) { k.organization = OrganizationNumber{2}; }));
}

core::Presence piece(std::uint32_t resource, std::uint32_t start_ms, std::uint32_t end_ms) {
  return {core::ResourceNumber{resource}, start_ms, end_ms};
}

TEST(PresenceBlocks, KeysSortByDayBeforeTheProduct) {
  const core::Day day = *core::parse_date("2026-03-04");
  const PresenceBlockKey key{OrganizationNumber{1}, day, ProductNumber{256}, 5, 6};
  EXPECT_EQ(read_presence_block_key(presence_block_key(key)), key);
  EXPECT_EQ(read_presence_block_key(presence_block_key(key) + "x"), std::nullopt);
  const auto bytes = [&](auto change) {
    PresenceBlockKey changed = key;
    change(changed);
    return presence_block_key(changed);
  };
  const std::string middle = presence_block_key(key);
  EXPECT_LT(middle, bytes([](auto& k) { k.number = 7; }));
  EXPECT_LT(middle, bytes([](auto& k) {
              k.seal = 6;
              k.number = 0;
            }));
  EXPECT_LT(middle, bytes([](auto& k) {
              k.product = ProductNumber{257};
              k.seal = 0;
            }));
  EXPECT_LT(middle, bytes([](auto& k) {
              k.day += std::chrono::days{1};
              k.product = ProductNumber{0};
            }));
  EXPECT_LT(middle, bytes([](auto& k) {
              k.organization = OrganizationNumber{2};
              k.day = core::Day{};
            }));
}

TEST(PresenceBlocks, PiecesComeBackAfterThoseThatAreThere) {
  constexpr std::uint32_t day_ms = core::Presence::day_ms;
  constexpr std::uint32_t largest = std::numeric_limits<std::uint32_t>::max();
  const std::vector<core::Presence> pieces{piece(0, 0, 1), piece(0, 2, day_ms), piece(7, 0, day_ms),
                                           piece(8, 86'399'999, day_ms), piece(largest, 5, 6)};
  std::vector<core::Presence> read{piece(9, 1, 2)};
  ASSERT_TRUE(decode_presence(encode_presence(pieces), read));
  std::vector<core::Presence> right{piece(9, 1, 2)};
  right.insert(right.end(), pieces.begin(), pieces.end());
  EXPECT_EQ(read, right);
}

std::string raw_presence(const std::vector<std::uint64_t>& numbers) {
  std::string bytes;
  ByteWriter writer(bytes);
  writer.u8(1);
  for (const std::uint64_t number : numbers) writer.number(number);
  return bytes;
}

TEST(PresenceBlocks, WhatCannotBeAPieceIsRefused) {
  struct Row {
    const char* what;
    std::vector<std::uint64_t> numbers;
    bool is_good;
  };
  const std::vector<Row> rows{
      {"the first resource at midnight", {0, 0, 1}, true},
      {"an empty piece", {3, 5, 0}, false},
      {"beyond the day", {3, 86'399'999, 2}, false},
      {"far beyond the day", {3, 4'294'967'295, 4'294'967'295}, false},
      {"a start of more than 32 bits", {3, 4'294'967'296, 1}, false},
      {"two that touch", {3, 5, 1, 0, 0, 1}, false},
      {"two that almost touch", {3, 5, 1, 0, 1, 1}, true},
      {"the second beyond the day", {3, 5, 1, 0, 86'399'999, 1}, false},
      {"resources beyond 32 bits", {4'294'967'295, 5, 1, 1, 5, 1}, false},
      {"a piece without a length", {3, 5}, false},
  };
  for (const Row& row : rows) {
    std::vector<core::Presence> pieces;
    EXPECT_EQ(decode_presence(raw_presence(row.numbers), pieces), row.is_good) << row.what;
  }
  std::vector<core::Presence> pieces;
  EXPECT_FALSE(decode_presence("", pieces));
  EXPECT_FALSE(decode_presence(std::string("\2") + raw_presence({3, 5, 1}).substr(1), pieces)) << "another version";
}

std::vector<core::Presence> any_pieces() {
  std::vector<core::Presence> pieces;
  for (const auto resource : *rc::gen::container<std::vector<std::uint16_t>>(rc::gen::arbitrary<std::uint16_t>())) {
    const auto start = *rc::gen::inRange<std::uint32_t>(0, core::Presence::day_ms);
    pieces.push_back(piece(resource % 50U * 1'000, start, *rc::gen::inRange(start + 1, core::Presence::day_ms + 1)));
  }
  core::merge_presence(pieces);
  return pieces;
}

RC_GTEST_PROP(PresenceBlocksProperty, AnyMergedPiecesComeBackAndCutOnesAreNoticed, ()) {
  const auto pieces = any_pieces();
  const std::string bytes = encode_presence(pieces);
  std::vector<core::Presence> read;
  RC_ASSERT(decode_presence(bytes, read));
  RC_ASSERT(read == pieces);
  // Whatever is read of damaged bytes is merged pieces of a day, so that nothing behind it breaks.
  std::string damaged = bytes.substr(0, *rc::gen::inRange<std::size_t>(1, bytes.size() + 1));
  damaged.back() = *rc::gen::arbitrary<char>();
  read.clear();
  if (decode_presence(damaged, read)) {
    auto merged = read;
    core::merge_presence(merged);
    RC_ASSERT(merged == read);
    for (const core::Presence& each : read) {
      RC_ASSERT(each.start_ms < each.end_ms);
      RC_ASSERT(each.end_ms <= core::Presence::day_ms);
    }
  }
  if (!pieces.empty()) {
    read.clear();
    RC_ASSERT(!decode_presence(std::string_view(bytes).substr(0, bytes.size() - 1), read));
  }
}

}  // namespace
}  // namespace tallystick::store::embedded
