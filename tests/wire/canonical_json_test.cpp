#include "tallystick/wire/canonical_json.hpp"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "wire/json_writer.hpp"
#include "wire/plain_number.hpp"
#include "wire/random_text.hpp"

namespace tallystick::wire {
namespace {

std::string canonical(std::string_view text) {
  const auto written = canonical_json(text);
  return written ? *written : "! " + written.error();
}

TEST(CanonicalJson, HasOneSpellingOfEachValue) {
  const struct {
    std::string_view text;
    std::string_view expected;
  } rows[] = {
      {"null", "null"},
      {" true ", "true"},
      {"false", "false"},
      {R"({"b":1,"a":2,"B":3,"":4})", R"({"":4,"B":3,"a":2,"b":1})"},
      {R"({"ab":1,"a":2,"a b":3})", R"({"a":2,"a b":3,"ab":1})"},
      {"{\"\xC3\xA9\":1,\"z\":2,\"\xF0\x9F\x98\x80\":3}", "{\"z\":2,\"\xC3\xA9\":1,\"\xF0\x9F\x98\x80\":3}"},
      {R"({"b":{"d":[],"c":{}},"a":[{"z":null,"y":[ 3 , 1,2 ]}]})",
       R"({"a":[{"y":[3,1,2],"z":null}],"b":{"c":{},"d":[]}})"},
      {R"({"a":1,"b":2,"a":3})", R"({"a":3,"b":2})"},
      {R"("\u0041\/\u00e9\ud83d\ude00\u000a\u0001\u007f")", "\"A/\xC3\xA9\xF0\x9F\x98\x80\\n\\u0001\x7F\""},
      {R"("\"\\\b\f\n\r\t")", R"("\"\\\b\f\n\r\t")"},
      {"[1.50,1e2,-0]", "[1.5,100,0]"},
  };
  for (const auto& row : rows) EXPECT_EQ(canonical(row.text), row.expected) << row.text;
}

TEST(CanonicalJson, NumbersAreInPlainNotation) {
  const struct {
    std::string_view number;
    std::string_view expected;
  } rows[] = {
      {"0", "0"},
      {"-0", "0"},
      {"-0.0", "0"},
      {"0e999999999", "0"},
      {"0.000e-5", "0"},
      {"7", "7"},
      {"-7", "-7"},
      {"100", "100"},
      {"1.50", "1.5"},
      {"1.0", "1"},
      {"10.010", "10.01"},
      {"-0.50", "-0.5"},
      {"0.000000001", "0.000000001"},
      {"1e2", "100"},
      {"1E+2", "100"},
      {"12.345e1", "123.45"},
      {"12.345e2", "1234.5"},
      {"12.345e3", "12345"},
      {"12.345e4", "123450"},
      {"12.345e-1", "1.2345"},
      {"12.345e-2", "0.12345"},
      {"12.345e-3", "0.012345"},
      {"0.012e3", "12"},
      {"0.012e1", "0.12"},
      {"100e-2", "1"},
      {"1e-9", "0.000000001"},
      {"123456789012345678901234567890.123456789012345678901234567890",
       "123456789012345678901234567890.12345678901234567890123456789"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(canonical(row.number), row.expected) << row.number;
    EXPECT_EQ(plain_number(row.number), row.expected) << row.number;
  }
}

TEST(CanonicalJson, AnExponentHasALimit) {
  EXPECT_EQ(canonical("1e1000"), "1" + std::string(1'000, '0'));
  EXPECT_EQ(canonical("1e-1000"), "0." + std::string(999, '0') + "1");
  for (const std::string_view text : {"1e1001", "1e-1001", "1e2000000000", "-2.5E+1001"}) {
    EXPECT_EQ(canonical(text), "! has a number with an exponent beyond 1000: " + std::string(text));
  }
  EXPECT_EQ(canonical(R"({"a":[1e1001]})"), "! has a number with an exponent beyond 1000: 1e1001");
}

TEST(CanonicalJson, SaysWhyATextIsNotJson) {
  EXPECT_EQ(canonical(""), "! is empty");
  EXPECT_EQ(canonical("{\"a\":1,}"), "! is not JSON: an unexpected character at byte 7");
  EXPECT_EQ(canonical("[1] 2"), "! is not one JSON value: something follows it at byte 4");
  EXPECT_EQ(canonical("\"\xC3\x28\""), "! is not UTF-8 at byte 1");
}

// A number of units times a power of ten, in some of its many spellings.
std::string random_number() {
  std::string digits = *rc::gen::container<std::string>(rc::gen::inRange<char>('0', '9' + 1));
  digits.erase(0, digits.find_first_not_of('0'));
  if (digits.empty()) digits = "0";
  std::string number = (*rc::gen::arbitrary<bool>() ? "-" : "") + digits;
  if (*rc::gen::arbitrary<bool>()) {
    number += "." + *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>('0', '9' + 1)));
  }
  if (*rc::gen::arbitrary<bool>()) {
    number += *rc::gen::element<std::string>("e", "E", "e+", "e-", "E-");
    number += std::to_string(*rc::gen::inRange(0, 30));
  }
  return number;
}

// One value, spelt twice: with its members in another order, other white space, other escapes.
struct Spellings {
  std::string first;
  std::string second;
};

std::string random_space() {
  return *rc::gen::container<std::string>(rc::gen::elementOf(std::string(" \t\n\r")));
}

std::string random_escapes(const std::string& text) {
  std::string escaped = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && (byte < 0x20 || c == '"' || c == '\\' || *rc::gen::arbitrary<bool>())) {
      constexpr std::string_view hex = "0123456789ABCDEF";
      escaped += "\\u00";
      escaped += hex[byte >> 4U];
      escaped += hex[byte & 0x0FU];
    } else {
      escaped += c;
    }
  }
  return escaped + "\"";
}

std::string plain_string(const std::string& text) {
  std::string json;
  JsonWriter(json).string(text);
  return json;
}

enum class Kind { word, number, string, array, object };

// Not inRange, which begins with the smallest: objects must be among the first values too.
int random_count() {
  return *rc::gen::element(0, 1, 2, 3);
}

Spellings random_value(int depth, Kind kind) {
  const auto random_child = [depth] {
    const auto scalar = rc::gen::element(Kind::word, Kind::number, Kind::string);
    const auto any = rc::gen::element(Kind::word, Kind::number, Kind::string, Kind::array, Kind::object);
    return random_value(depth - 1, depth > 1 ? *any : *scalar);
  };
  switch (kind) {
    case Kind::word: {
      const auto word = *rc::gen::element<std::string>("null", "true", "false");
      return {word, word};
    }
    case Kind::number: {
      const std::string number = random_number();
      const bool is_plain = number.find_first_of(".eE") == std::string::npos;
      return {number, is_plain ? number + ".0" : number};
    }
    case Kind::string: {
      const std::string text = *random_text();
      return {plain_string(text), random_escapes(text)};
    }
    case Kind::array: {
      Spellings array{"[", "[" + random_space()};
      const int count = random_count();
      for (int i = 0; i < count; ++i) {
        const Spellings element = random_child();
        array.first += (i == 0 ? "" : ",") + element.first;
        array.second += (i == 0 ? "" : "," + random_space()) + element.second + random_space();
      }
      return {array.first + "]", array.second + "]"};
    }
    case Kind::object: {
      std::map<std::string, Spellings> members;
      const int count = random_count();
      for (int i = 0; i < count; ++i) members[*random_text()] = random_child();
      std::vector<std::string> first;
      std::vector<std::string> second;
      for (const auto& [name, value] : members) {
        first.push_back(plain_string(name) + ":" + value.first);
        second.push_back(random_space() + random_escapes(name) + random_space() + ":" + random_space() + value.second);
      }
      std::ranges::reverse(second);
      Spellings object{"{", "{"};
      for (std::size_t i = 0; i < first.size(); ++i) {
        object.first += (i == 0 ? "" : ",") + first[i];
        object.second += (i == 0 ? "" : ",") + second[i];
      }
      return {object.first + "}", object.second + random_space() + "}"};
    }
  }
  return {};
}

RC_GTEST_PROP(CanonicalJson, IsItsOwnCanonicalForm, ()) {
  const auto once = canonical_json(random_value(4, Kind::object).first);
  RC_ASSERT(once.has_value());
  RC_ASSERT(canonical(*once) == *once);
}

RC_GTEST_PROP(CanonicalJson, OrderSpaceAndEscapesDoNotMatter, ()) {
  const Spellings value = random_value(4, Kind::object);
  const auto first = canonical_json(value.first);
  const auto second = canonical_json(value.second);
  RC_ASSERT(first.has_value());
  RC_ASSERT(second.has_value());
  RC_ASSERT(*first == *second);
}

RC_GTEST_PROP(CanonicalJson, DifferentStringsStayDifferent, ()) {
  const std::string one = *random_text();
  const std::string other = *random_text();
  const bool are_alike = canonical(plain_string(one)) == canonical(plain_string(other));
  RC_ASSERT(are_alike == (one == other));
}

// Digits d and an exponent e are the number d × 10^e, however the point was moved.
RC_GTEST_PROP(CanonicalJson, MovingThePointAgainstTheExponentDoesNotMatter, ()) {
  const std::string digits =
      std::to_string(*rc::gen::inRange(1, 10)) + *rc::gen::container<std::string>(rc::gen::inRange<char>('0', '9' + 1));
  const int exponent = *rc::gen::inRange(-40, 40);
  const auto at = *rc::gen::inRange<std::size_t>(1, digits.size() + 1);
  const std::string moved = digits.substr(0, at) + (at == digits.size() ? "" : "." + digits.substr(at)) + "e" +
                            std::to_string(exponent + static_cast<int>(digits.size() - at));
  const auto plain = plain_number(moved);
  RC_ASSERT(plain.has_value());
  RC_ASSERT(plain == plain_number(digits + "e" + std::to_string(exponent)));
  RC_ASSERT(plain->find_first_of("eE") == std::string::npos);
  RC_ASSERT(plain->find('.') == std::string::npos || !plain->ends_with('0'));
}

}  // namespace
}  // namespace tallystick::wire
