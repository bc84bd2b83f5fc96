#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tallystick/wire/named_entity.hpp"
#include "wire/json_writer.hpp"
#include "wire/random_text.hpp"
#include "wire/utf8.hpp"

namespace tallystick::wire {
namespace {

std::string json_string(std::string_view text) {
  std::string out;
  JsonWriter(out).string(text);
  return out;
}

TEST(JsonText, EscapesWhatRfc8259Demands) {
  EXPECT_EQ(json_string(""), R"("")");
  EXPECT_EQ(json_string("a\"b\\c/d"), R"("a\"b\\c/d")");
  EXPECT_EQ(json_string("\b\f\n\r\t"), R"("\b\f\n\r\t")");
  EXPECT_EQ(json_string(std::string("\0\x1F\x7F", 3)), std::string(R"("\u0000\u001f)") + "\x7F\"");
  EXPECT_EQ(json_string("\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80"), "\"\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80\"");
}

TEST(JsonText, BytesThatAreNoUtf8AreReplacedOneByOne) {
  EXPECT_EQ(json_string("a\xFF\xC3(b\xE2\x82"), R"("a\ufffd\ufffd(b\ufffd\ufffd")");
}

TEST(JsonText, PrettyLayoutHasTwoSpacesALevel) {
  std::string out;
  JsonWriter writer(out, JsonWriter::Layout::pretty);
  writer.begin_object();
  writer.key("a");
  writer.begin_array();
  writer.integer(1);
  writer.boolean(false);
  writer.end_array();
  writer.key("b");
  writer.begin_object();
  writer.end_object();
  writer.key("c");
  writer.begin_array();
  writer.begin_object();
  writer.key("d");
  writer.raw("null");
  writer.end_object();
  writer.end_array();
  writer.end_object();
  EXPECT_EQ(out, R"({
  "a": [
    1,
    false
  ],
  "b": {},
  "c": [
    {
      "d": null
    }
  ]
})");
}

TEST(JsonText, Utf8CharactersByTheirFirstBytes) {
  const struct {
    std::string_view text;
    std::size_t bytes;
  } rows[] = {
      {"", 0},
      {"a", 1},
      {"\x7F", 1},
      {"\x80", 0},
      {"\xC1\xBF", 0},
      {"\xC2\x80", 2},
      {"\xC2", 0},
      {"\xE0\x9F\xBF", 0},
      {"\xE0\xA0\x80", 3},
      {"\xED\x9F\xBF", 3},
      {"\xED\xA0\x80", 0},
      {"\xEE\x80\x80", 3},
      {"\xF0\x8F\xBF\xBF", 0},
      {"\xF0\x90\x80\x80", 4},
      {"\xF4\x8F\xBF\xBF", 4},
      {"\xF4\x90\x80\x80", 0},
      {"\xF5\x80\x80\x80", 0},
      {"\xE2\x82(", 0},
  };
  for (const auto& row : rows) EXPECT_EQ(utf8_character_bytes(row.text), row.bytes) << json_string(row.text);
}

// Longer than any buffer on the way, with and without escapes.
TEST(JsonText, LongTextsReadBackWhole) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += i % 7 == 0 ? "\n" : (i % 11 == 0 ? "\xE2\x82\xAC" : "x");
  NamedEntity entity;
  entity.id = text;
  entity.name = std::string(50'000, '"');
  entity.unknown.fields.emplace_back(text + text, json_string(text));
  const auto read = from_json<NamedEntity>(to_json(entity));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(*read, entity);
}

RC_GTEST_PROP(JsonText, WhateverIsQuotedReadsBack, ()) {
  NamedEntity entity;
  entity.id = *random_text();
  const auto read = from_json<NamedEntity>(to_json(entity));
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == entity);
}

RC_GTEST_PROP(JsonText, AnyBytesAtAllBecomeJson, (const std::string& bytes)) {
  NamedEntity entity;
  entity.name = bytes;
  RC_ASSERT(from_json<NamedEntity>(to_json(entity)).has_value());
}

}  // namespace
}  // namespace tallystick::wire
