#include "wire/plain_model.hpp"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "wire/billing_usage_report_shape.hpp"

namespace tallystick::wire {

/// One member of each kind that models have.
struct Sample {
  std::string text;
  bool is_open = false;
  std::int64_t count = 0;
  core::Decimal amount;
  std::optional<core::Day> day;
  std::optional<core::TimePoint> moment;
  std::optional<OpenEnum<ReportStatus>> status;
  std::vector<std::int64_t> numbers;
  std::vector<Sample> samples;
  std::optional<std::map<std::string, std::string>> words;
  UnknownFields unknown;
  friend bool operator==(const Sample&, const Sample&) = default;
};
BOOST_DESCRIBE_STRUCT(Sample, (), (text, is_open, count, amount, day, moment, status, numbers, samples, words))

namespace {

constexpr std::string_view least = R"({"text":"","isOpen":false,"count":0,"amount":0,"numbers":[],"samples":[]})";

template <class Model>
bool is_plain(std::string_view text) {
  Model model;
  return PlainModel(text).read_all(model);
}

TEST(PlainModel, ReadsEveryKindOfMember) {
  const std::string text = R"({"text":"Zoë 東京 🎉","isOpen":true,"count":-42,"amount":12,"day":"2026-03-04",)"
                           R"("moment":"2026-03-04T09:15:00.250Z","status":"Newer","numbers":[1,-2,3],"samples":[)" +
                           std::string(least) + "]}";
  Sample sample;
  ASSERT_TRUE(PlainModel(text).read_all(sample));
  EXPECT_EQ(sample.text, "Zoë 東京 🎉");
  EXPECT_TRUE(sample.is_open);
  EXPECT_EQ(sample.count, -42);
  EXPECT_EQ(sample.amount, core::Decimal::from_integer(12));
  EXPECT_EQ(sample.day, std::chrono::sys_days{std::chrono::year{2026} / 3 / 4});
  EXPECT_EQ(sample.status->text(), "Newer");
  EXPECT_EQ(sample.status->known(), std::nullopt);
  EXPECT_EQ(sample.numbers, (std::vector<std::int64_t>{1, -2, 3}));
  EXPECT_EQ(sample.samples, std::vector<Sample>{Sample()});
  EXPECT_EQ(to_json(sample), text);
}

TEST(PlainModel, TakesMembersInAnyOrderWithBlanksBetween) {
  BillingUsageReport report;
  ASSERT_TRUE(
      PlainModel("\r\n{ \"usages\" : [ { \"resources\" :\t[ ] , \"totalUsage\" : \"0\" , \"name\" : \"CX 3\" } ] ,"
                 "\"endDate\":\"2026-04-01T00:00:00Z\",\n\"startDate\":\"2026-03-01T00:00:00Z\" } ")
          .read_all(report));
  EXPECT_EQ(to_json(report), R"({"startDate":"2026-03-01T00:00:00.000Z","endDate":"2026-04-01T00:00:00.000Z",)"
                             R"("usages":[{"name":"CX 3","totalUsage":"0","resources":[]}]})");
}

// All of it is left to the tree, some because it is wrong, some because it is seldom.
TEST(PlainModel, GivesUpAtAllElse) {
  const auto with = [](std::string_view member) {
    return std::string(least.substr(0, least.size() - 1)) + "," + std::string(member) + "}";
  };
  ASSERT_TRUE(is_plain<Sample>(least));
  for (const std::string_view member :
       {R"("more":1)", R"("text":"again")", R"("day":null)", R"("moment":"soon")", R"("day":"2026-02-29")",
        R"("status":7)", R"("words":{"a":"b"})", R"("stat\u0075s":"Complete")", R"("status":"Compl\u0065te")",
        "\"status\":\"\xFF\"", R"("status""moment":"2026-03-04T09:15:00Z")", R"("status" "Complete")",
        R"("Status":"Complete")", "", ","}) {
    EXPECT_FALSE(is_plain<Sample>(with(member))) << member;
  }
  for (const std::string_view text : {"", "{}", "[]", "null", "7"}) EXPECT_FALSE(is_plain<Sample>(text)) << text;
  EXPECT_FALSE(is_plain<Sample>(std::string(least) + "x"));
  EXPECT_FALSE(is_plain<Sample>(least.substr(0, least.size() - 1)));
}

TEST(PlainModel, ReadsNoFurtherThanTheTextGoes) {
  const std::string text =
      R"({"text":"a text of some length","isOpen":true,"count":12,"amount":7,"numbers":[1],"samples":[]})";
  ASSERT_TRUE(is_plain<Sample>(text));
  for (std::size_t size = 0; size < text.size(); ++size) {
    const std::vector<char> cut(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_FALSE(is_plain<Sample>({cut.data(), cut.size()})) << size;
  }
}

// Lists whose first element says nothing about the others, and brackets inside of texts.
TEST(PlainModel, ReadsListsOfUnevenElements) {
  std::string text = R"({"text":"","isOpen":false,"count":0,"amount":0,"numbers":[123456789012345678)";
  for (int i = 0; i < 1'000; ++i) text += ",7";
  text += "],\"samples\":[" + std::string(least);
  for (int i = 0; i < 100; ++i)
    text += R"(,{"text":"a ] b","isOpen":true,"count":1,"amount":1,"numbers":[1,2],"samples":[]})";
  text += "]}";
  Sample sample;
  ASSERT_TRUE(PlainModel(text).read_all(sample));
  EXPECT_EQ(sample.numbers.size(), 1'001U);
  ASSERT_EQ(sample.samples.size(), 101U);
  EXPECT_EQ(sample.samples.back().text, "a ] b");
  EXPECT_EQ(to_json(sample), text);
}

std::string blanks() {
  return *rc::gen::elementOf(std::vector<std::string>{"", "", "", "", " ", "\n", "\t\r\n  "});
}

std::string sample_text(int depth);

std::string value_text(int depth) {
  const int kind = *rc::gen::inRange(0, 12);
  if (depth > 0 && kind == 0)
    return "[" + sample_text(depth - 1) + blanks() + "," + blanks() + sample_text(depth - 1) + "]";
  if (kind == 1)
    return "[" + blanks() + "1" + blanks() + "," + *rc::gen::elementOf(std::vector<std::string>{"-2", "x", "1.5"}) +
           "]";
  return *rc::gen::elementOf(std::vector<std::string>{R"("")",
                                                      R"("a")",
                                                      R"("Zoë 東京 🎉")",
                                                      R"("a text that is longer than one step of the search")",
                                                      R"("a\nb")",
                                                      "\"\xff\"",
                                                      R"("2026-03-04")",
                                                      R"("2026-02-30")",
                                                      R"("2026-03-04T09:15:00.250Z")",
                                                      R"("2026-03-04T09:15:00+01:00")",
                                                      R"("Complete")",
                                                      "true",
                                                      "false",
                                                      "null",
                                                      "0",
                                                      "-0",
                                                      "7",
                                                      "007",
                                                      "-5",
                                                      "1.5",
                                                      "2e3",
                                                      "999999999999999999",
                                                      "9223372036854775807",
                                                      "9223372036854775808",
                                                      "[]",
                                                      "{}",
                                                      R"({"a":"b"})",
                                                      R"("1.50")"});
}

std::string fitting_value(std::string_view name) {
  if (name == "text") return R"("CX 3")";
  if (name == "isOpen") return "true";
  if (name == "count") return "17";
  if (name == "amount") return "250";
  if (name == "day") return R"("2026-03-04")";
  if (name == "moment") return R"("2026-03-04T09:15:00.250Z")";
  if (name == "status") return R"("Complete")";
  return "[]";
}

// Mostly with all that is required.
std::string sample_text(int depth) {
  std::vector<std::string> members;
  for (const std::string_view name : {"text", "isOpen", "count", "amount", "numbers", "samples"}) {
    if (*rc::gen::inRange(0, 40) == 0) continue;
    const std::string value = *rc::gen::inRange(0, 12) == 0 ? value_text(depth) : fitting_value(name);
    members.push_back('"' + std::string(name) + '"' + blanks() + ":" + blanks() + value);
  }
  for (int more = *rc::gen::inRange(0, 3); more > 0; --more) {
    const std::string name = *rc::gen::elementOf(
        std::vector<std::string>{"day", "day", "moment", "moment", "status", "status", "words", "text", "d\\u0061y"});
    const std::string value = *rc::gen::inRange(0, 3) == 0 ? value_text(depth) : fitting_value(name);
    members.push_back('"' + name + "\":" + value);
  }
  for (std::size_t i = members.size(); i > 1; --i)
    std::swap(members[i - 1], members[*rc::gen::inRange<std::size_t>(0, i)]);
  std::string text = "{";
  for (const std::string& member : members) text += (text.size() > 1 ? "," : "") + blanks() + member + blanks();
  return text + "}";
}

RC_GTEST_PROP(PlainModelProperty, WhatIsReadTheTreeReadsAlike, ()) {
  std::string text = blanks() + sample_text(2) + blanks();
  if (*rc::gen::inRange(0, 4) == 0) text[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::arbitrary<char>();
  Sample plain;
  const bool is_read = PlainModel(text).read_all(plain);
  RC_TAG(is_read ? "plain" : "given up");
  const auto by_tree = codec::read_by_tree<Sample>(text);
  if (is_read) RC_ASSERT(by_tree.has_value() && *by_tree == plain);
  const auto read = from_json<Sample>(text);
  RC_ASSERT(read.has_value() == by_tree.has_value());
  if (read) RC_ASSERT(*read == *by_tree);
  if (!read) RC_ASSERT(read.error() == by_tree.error());
}

}  // namespace
}  // namespace tallystick::wire
