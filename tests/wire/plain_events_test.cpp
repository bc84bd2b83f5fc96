#include "wire/plain_events.hpp"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <string>

#include "tallystick/wire/event.hpp"
#include "wire/json_reader.hpp"

namespace tallystick::wire {
namespace {

rc::Gen<std::string> one_of(std::vector<std::string> texts) {
  return rc::gen::elementOf(std::move(texts));
}

std::string blanks() {
  return *one_of({"", "", "", "", " ", "\n", "\t\r\n  "});
}

std::string name() {
  std::vector<std::string> names{R"("traceparent")", R"("")", R"("sourc\u0065")", R"("Source")"};
  for (const Attribute& attribute : attributes) names.push_back('"' + std::string(std::string_view(attribute)) + '"');
  return *one_of(std::move(names));
}

std::string value(int depth);

std::string object(int depth) {
  std::string text = "{" + blanks();
  const int members = *rc::gen::inRange(0, 7);
  for (int i = 0; i < members; ++i) {
    text += (i > 0 ? "," : "") + blanks() + name() + blanks() + ":" + blanks() + value(depth) + blanks();
  }
  return text + "}";
}

// What may follow a name; seldom what no JSON has there, or what the full reader alone takes.
std::string value(int depth) {
  if (depth > 0 && *rc::gen::inRange(0, 4) == 0) {
    if (*rc::gen::arbitrary<bool>()) return object(depth - 1);
    return "[" + value(depth - 1) + blanks() + "," + value(depth - 1) + "]";
  }
  if (*rc::gen::inRange(0, 10) == 0) {
    return *one_of({R"("a\nb")", R"("\ud83c\udf89")", "\"\xff\"", "\"\xed\xa0\x80\"", "\"\x1f\"", "007", "-", "1.5",
                    "2e3", "1000000000000000000", "tru", "nul", "[1,]", "{,}"});
  }
  return *one_of({R"("1.0")", R"("")", R"("edge-01")", R"("a text that is longer than one step of the search")",
                  R"("Zoë 東京 🎉")", "\"\x7f\"", "0", "-0", "17", "-5", "999999999999999999", "true", "false", "null",
                  "[]", "{}"});
}

std::string damaged(std::string text) {
  if (*rc::gen::inRange(0, 3) != 0) return text;
  const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
  text[at] = *rc::gen::arbitrary<char>();
  return text;
}

void expect_alike(const Attributes& plain, const Attributes& full) {
  for (const Attribute& attribute : attributes) {
    const Value* left = plain.find(attribute);
    const Value* right = full.find(attribute);
    RC_ASSERT((left == nullptr) == (right == nullptr));
    if (left == nullptr) continue;
    RC_ASSERT(left->kind == right->kind);
    RC_ASSERT(left->text == right->text);
  }
}

RC_GTEST_PROP(PlainEventsProperty, WhatIsReadIsReadAlikeByTheFullReader, ()) {
  const std::string text = damaged(blanks() + object(3) + blanks());
  PlainEvents plain;
  EventAttributes found;
  const bool is_read = plain.read_all(text, found);
  RC_TAG(is_read ? "plain" : "given up");
  if (!is_read) return;
  JsonReader reader(std::numeric_limits<std::size_t>::max());
  const auto root = reader.read(text);
  RC_ASSERT(root.has_value());
  const EventAttributes expected(**root);
  expect_alike(found.event, expected.event);
  expect_alike(found.data, expected.data);
}

// A batch of which the last events need the full reader is read as if it had read all of them.
RC_GTEST_PROP(PlainEventsProperty, ABatchReadsAsItsEventsDo, ()) {
  const auto texts = *rc::gen::container<std::vector<std::string>>(rc::gen::exec([] {
    return *one_of({R"({"specversion":"1.0","source":"s","id":"a","type":"calls","subject":"r",
        "organization":"22222222-2222-4222-8222-222222222222","time":"2026-03-01T09:15:00Z","data":{"quantity":"1.5"}})",
                    R"({"id":"\u0061"})", R"({"id":1})", "[]", "7"});
  }));
  std::string batch;
  DecodedEvents expected;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    batch += (i > 0 ? "," : "") + texts[i];
    const auto one = decode_events("[" + texts[i] + "]", EventFormat::batch, 1);
    RC_ASSERT(one.has_value());
    for (const core::Event& event : one->events) {
      expected.events.push_back(event);
      expected.positions.push_back(i);
    }
    for (core::Fault fault : one->faults) {
      fault.pointer.replace(1, 1, std::to_string(i));
      if (expected.faults.size() < core::faults_reported_max) expected.faults.push_back(std::move(fault));
    }
  }
  const auto decoded = decode_events("[" + batch + "]", EventFormat::batch, texts.size());
  RC_ASSERT(decoded.has_value());
  RC_ASSERT(decoded->events == expected.events);
  RC_ASSERT(decoded->positions == expected.positions);
  RC_ASSERT(decoded->faults == expected.faults);
}

TEST(PlainEvents, ReadsWhatProgramsWrite) {
  core::UsageEvent usage;
  usage.source = "edge-01";
  usage.id = "1";
  usage.product = "calls";
  usage.resource = "Zoë";
  PlainEvents plain;
  EventAttributes found;
  const std::string text = event_to_json(usage);
  ASSERT_TRUE(plain.read_all(text, found));
  EXPECT_EQ(found.event.find(attribute::subject)->text, "Zoë");
  EXPECT_EQ(found.data.find(attribute::quantity)->text, "1");
  ASSERT_TRUE(plain.read_all(R"({ "data": {"more": [1, {"a": null}], "quantity": 2}, "x": [[]], "id": null })", found));
  EXPECT_EQ(found.data.find(attribute::quantity)->text, "2");
  EXPECT_EQ(found.event.find(attribute::id), nullptr);
}

TEST(PlainEvents, OfDataThatIsThereTwiceTheLaterCounts) {
  for (const std::string_view text :
       {R"({"data":{"quantity":"1"},"data":{"until":"x"}})", R"({"data":{"quantity":"1"},"data":null})",
        R"({"data":{"quantity":"1"},"data":7})", R"({"data":7,"data":{"quantity":"1"}})"}) {
    PlainEvents plain;
    EventAttributes found;
    ASSERT_TRUE(plain.read_all(text, found)) << text;
    JsonReader reader(std::numeric_limits<std::size_t>::max());
    const auto root = reader.read(text);
    ASSERT_TRUE(root.has_value()) << text;
    const EventAttributes expected(**root);
    EXPECT_EQ(found.event.find(attribute::data) == nullptr, expected.event.find(attribute::data) == nullptr) << text;
    for (const Attribute& each : attributes) {
      EXPECT_EQ(found.data.find(each) == nullptr, expected.data.find(each) == nullptr)
          << text << ": " << std::string_view(each);
    }
  }
}

TEST(PlainEvents, LeavesDepthAndSizeToTheFullReader) {
  PlainEvents plain;
  EventAttributes found;
  const std::string deep = R"({"x":)" + std::string(1'000'000, '[');
  EXPECT_FALSE(plain.read_all(deep, found));
  std::string wide = R"({"x":[0)";
  for (int i = 0; i < 1'000; ++i) wide += ",0";
  EXPECT_FALSE(plain.read_all(wide + "]}", found));
}

}  // namespace
}  // namespace tallystick::wire
