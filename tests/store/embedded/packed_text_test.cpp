#include <gtest/gtest.h>
// GoogleTest first: rapidcheck's bridge expects its macros.
#include <rapidcheck.h>

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "store/embedded/packed_text.hpp"

// Whatever bytes ids are made of, they come back as they were; those that are mostly digits come back from fewer bytes.
namespace tallystick::store::embedded {
namespace {

constexpr std::uint8_t spare_max = (1U << packed_text_spare_bits) - 1;

std::string packed(const std::vector<std::string>& texts) {
  std::string bytes;
  PackedTextWriter writer;
  std::uint8_t spare = 0;
  for (const std::string& text : texts) writer.add(bytes, text, spare++ % (spare_max + 1));
  return bytes;
}

// Read as far as it makes sense.
std::vector<std::string> unpacked(std::string_view bytes, bool& is_whole) {
  ByteReader in(bytes);
  TextArena arena;
  PackedTextReader reader(arena);
  std::vector<std::string_view> views;
  is_whole = true;
  while (in.has_more()) {
    const auto [text, spare] = reader.next(in);
    if (in.ok() && spare != views.size() % (spare_max + 1)) is_whole = false;
    if (in.ok()) views.push_back(text);
  }
  is_whole = is_whole && in.is_done();
  // Copied last: all of them live until the arena is cleared.
  return {views.begin(), views.end()};
}

rc::Gen<std::string> digits() {
  return rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789abcdef")));
}

rc::Gen<std::string> uuids() {
  return rc::gen::map(rc::gen::container<std::string>(32, rc::gen::elementOf(std::string("0123456789abcdef"))),
                      [](std::string text) {
                        for (const std::size_t dash : {8U, 13U, 18U, 23U}) text.insert(dash, "-");
                        return text;
                      });
}

// Any bytes; digits between other things; UUIDs; and all of these with one character changed.
rc::Gen<std::string> ids() {
  const auto around = rc::gen::element<std::string>("", "evt-", "e", "usage/", std::string("\0z", 2), "A");
  const auto shaped = rc::gen::map(rc::gen::tuple(around, digits(), around), [](const auto& parts) {
    return std::get<0>(parts) + std::get<1>(parts) + std::get<2>(parts);
  });
  const auto changed = rc::gen::map(
      rc::gen::tuple(rc::gen::oneOf(uuids(), shaped), rc::gen::arbitrary<std::size_t>(), rc::gen::arbitrary<char>()),
      [](const auto& parts) {
        auto [text, at, character] = parts;
        if (!text.empty()) text[at % text.size()] = character;
        return text;
      });
  return rc::gen::oneOf(rc::gen::arbitrary<std::string>(), shaped, uuids(), changed);
}

TEST(PackedText, AnyTextsComeBackInTheirOrder) {
  EXPECT_TRUE(rc::check([] {
    const auto texts = *rc::gen::container<std::vector<std::string>>(ids());
    bool is_whole = false;
    RC_ASSERT(unpacked(packed(texts), is_whole) == texts);
    RC_ASSERT(is_whole);
  }));
}

TEST(PackedText, CutAndDamagedBytesGiveNoMoreThanTheyHold) {
  EXPECT_TRUE(rc::check([] {
    const auto texts = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(ids()));
    std::string bytes = packed(texts);
    bool is_whole = true;
    const auto cut = unpacked(std::string_view(bytes).substr(0, bytes.size() - 1), is_whole);
    RC_ASSERT(cut.size() < texts.size());
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
    RC_ASSERT(unpacked(bytes, is_whole).size() <= bytes.size());
  }));
}

TEST(PackedText, DigitsTakeHalfAByteAndAShapeIsWrittenOnce) {
  struct Row {
    const char* what;
    std::vector<std::string> texts;
    std::size_t bytes;
  };
  constexpr std::size_t any_size = std::numeric_limits<std::size_t>::max();
  const std::string uuid = "0190b6a4-7c1e-7b6a-9d51-2f4c8e0a6b3d";
  const std::string upper = "0190B6A4-7C1E-7B6A-9D51-2F4C8E0A6B3D";
  const std::string long_text(100'000, 'x');
  const std::vector<Row> rows{
      {"nothing", {}, 0},
      {"an empty text", {""}, 2},
      {"a UUID", {uuid}, 1 + 16},
      {"UUIDs", {uuid, uuid, uuid}, 3 * 17},
      {"UUIDs in upper case: in whatever form", {upper, upper}, any_size},
      {"a prefix and digits", {"evt-00ff"}, 1 + 5 + 1 + 1 + 2},
      {"the same prefix again", {"evt-00ff", "evt-1234"}, 10 + 3},
      {"an odd digit stays in front", {"n12345", "n19876"}, 1 + 3 + 1 + 1 + 2 + 3},
      {"digits in the middle", {"a.1234.z", "a.5678.z"}, 1 + 3 + 1 + 3 + 2 + 3},
      {"a stranger between two of a shape", {"evt-00ff", "xyz", "evt-1234"}, 10 + 5 + 3},
      {"one digit less", {"evt-00ff", "evt-00f"}, 10 + 9},
      {"no digits", {"usage"}, 1 + 1 + 5},
      {"long", {long_text}, 1 + 3 + 100'000},
  };
  for (const Row& row : rows) {
    const std::string bytes = packed(row.texts);
    bool is_whole = false;
    EXPECT_EQ(unpacked(bytes, is_whole), row.texts) << row.what;
    EXPECT_TRUE(is_whole) << row.what;
    if (row.bytes != any_size) {
      EXPECT_EQ(bytes.size(), row.bytes) << row.what;
    }
  }
}

TEST(PackedText, WhatNoWriterWritesIsRefused) {
  const std::vector<std::pair<const char*, std::string>> rows{
      {"the last shape before there is one", std::string("\2\x11", 2)},
      {"a shape without digits", std::string("\1\1a\0\0", 5)},
      {"more digits than there are bytes", std::string("\1\0\x7F\0\x11", 5)},
      {"half a UUID", std::string("\3\1\2\3\4\5\6\7\10", 9)},
      {"a text beyond the end", std::string("\0\5ab", 4)},
  };
  for (const auto& [what, bytes] : rows) {
    bool is_whole = true;
    EXPECT_TRUE(unpacked(bytes, is_whole).empty()) << what;
    EXPECT_FALSE(is_whole) << what;
  }
}

TEST(TextArena, WhatWasTakenStaysWhileMoreIsTaken) {
  TextArena arena;
  for (int round = 0; round < 3; ++round) {
    std::vector<char*> taken;
    for (std::size_t size = 1; size < 10'000; size = size * 3 + 1) {
      taken.push_back(arena.take(size));
      std::fill_n(taken.back(), size, static_cast<char>('a' + taken.size()));
    }
    std::size_t size = 1;
    for (std::size_t i = 0; i < taken.size(); ++i, size = size * 3 + 1) {
      EXPECT_EQ(std::string_view(taken[i], size), std::string(size, static_cast<char>('a' + i + 1))) << round;
    }
    arena.clear();
  }
}

}  // namespace
}  // namespace tallystick::store::embedded
