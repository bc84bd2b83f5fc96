#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/wire/event.hpp"
#include "wire/event_shape.hpp"
#include "wire/fault_words.hpp"
#include "wire/json_reader.hpp"

// Tens of thousands of bodies, most of them damaged: what decode_events says of each is what it would say if the full
// reader alone had read it, to the last byte of the last message.
namespace tallystick::wire {
namespace {

constexpr int bodies = 40'000;
constexpr std::size_t events_max = 4;
constexpr std::size_t event_values_max = 1'000;

using Decoded = Result<DecodedEvents, EventDecodeFailure>;

// decode_events without PlainEvents.
class FullReading {
 public:
  static Decoded decode(std::string_view body, EventFormat format) {
    FullReading reading;
    if (format == EventFormat::single) return reading.single(body);
    return format == EventFormat::batch ? reading.batch(body) : reading.lines(body);
  }

 private:
  Decoded single(std::string_view body) {
    const auto root = reader_.read(body);
    if (!root) return malformed(root.error());
    if ((*root)->kind != Value::Kind::object) return malformed("must be a JSON object");
    take(**root, Path(), 0);
    return finish();
  }
  Decoded batch(std::string_view body) {
    std::size_t index = 0;
    bool is_full = false;
    const Path root;
    const auto read = reader_.read_elements(body, [&](const Value& element) {
      is_full = index == events_max;
      if (is_full) return false;
      take(element, root.element(index), index);
      ++index;
      return true;
    });
    if (!read) return malformed(read.error());
    if (is_full) return fail(EventDecodeFailure{EventDecodeFailure::Kind::too_many_events, {}});
    return finish();
  }
  Decoded lines(std::string_view body) {
    std::size_t events = 0;
    const Path root;
    for (std::size_t line = 0; !body.empty(); ++line) {
      const std::size_t end = std::min(body.find('\n'), body.size());
      std::string_view text = body.substr(0, end);
      body.remove_prefix(std::min(end + 1, body.size()));
      if (text.ends_with('\r')) text.remove_suffix(1);
      if (text.find_first_not_of(" \t") == std::string_view::npos) continue;
      if (++events > events_max) return fail(EventDecodeFailure{EventDecodeFailure::Kind::too_many_events, {}});
      const auto value = reader_.read(text);
      if (value) {
        take(**value, root.element(line), line);
      } else {
        faults_.add(root.element(line), value.error());
      }
    }
    return finish();
  }

  void take(const Value& value, const Path& at, std::size_t position) {
    if (value.kind != Value::Kind::object) return faults_.add(at, words::object);
    core::Event event;
    const ShapedEvent shaped = read_event(EventAttributes(value), at, faults_, event);
    if (shaped.is_good) {
      decoded_.events.push_back(std::move(event));
      decoded_.positions.push_back(position);
    } else if (shaped.organization) {
      decoded_.organizations_with_faults.push_back(*shaped.organization);
    }
  }
  Decoded finish() {
    auto& organizations = decoded_.organizations_with_faults;
    std::ranges::sort(organizations);
    organizations.erase(std::unique(organizations.begin(), organizations.end()), organizations.end());
    decoded_.faults = faults_.take();
    return std::move(decoded_);
  }
  static Decoded malformed(const std::string& reason) {
    return fail(EventDecodeFailure{EventDecodeFailure::Kind::malformed, "The body " + reason + "."});
  }

  JsonReader reader_{event_values_max};
  DecodedEvents decoded_;
  FaultList faults_;
};

// Bodies from a seed, the same on every machine: std's distributions are not.
class Bodies {
 public:
  explicit Bodies(std::uint64_t seed) : random_(seed) {}

  std::string body(EventFormat format) {
    std::string text = whole(format);
    for (std::size_t damages = below(4); damages > 1; --damages) damage(text);
    return text;
  }

 private:
  using Texts = std::vector<std::string_view>;

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }
  std::string_view one_of(const Texts& texts) { return texts[below(texts.size())]; }

  std::string whole(EventFormat format) {
    if (format == EventFormat::single) return padded(event());
    std::string text = format == EventFormat::batch ? "[" : "";
    for (std::size_t left = below(events_max + 2); left > 0; --left) {
      text += padded(event());
      if (format == EventFormat::ndjson) text += one_of({"\n", "\n", "\r\n", "\n\n", "\n \t\n", "\r"});
      if (format == EventFormat::batch && left > 1) text += ",";
    }
    return format == EventFormat::batch ? text + "]" : text;
  }

  std::string event() {
    if (below(20) == 0) return std::string(one_of({"[]", "null", "7", "\"\"", "{}", "{\"data\":{}}"}));
    std::vector<std::string> members{R"("specversion":"1.0")", R"("source":"edge-01")", R"("id":"7")"};
    members.emplace_back(below(4) == 0 ? R"("type":"tallystick.void")" : R"("type":"calls")");
    members.emplace_back(R"("subject":"ana")");
    members.emplace_back(R"("organization":"22222222-2222-4222-8222-222222222222")");
    members.emplace_back(R"("time":"2026-03-01T09:15:00Z")");
    members.push_back("\"data\":" + data());
    for (std::size_t changes = below(5); changes > 1; --changes) {
      const std::size_t at = below(members.size());
      const std::string other = quoted_name() + padded(":") + value();
      // A change in place, a second member of that name before or after, or one less.
      if (below(2) == 0) {
        members.insert(members.begin() + static_cast<std::ptrdiff_t>(at), other);
      } else if (below(2) == 0) {
        std::swap(members[at], members[below(members.size())]);
      } else if (below(2) == 0) {
        members[at] = other;
      } else {
        members.erase(members.begin() + static_cast<std::ptrdiff_t>(at));
      }
    }
    return object_of(members);
  }

  std::string data() {
    std::vector<std::string> members;
    for (std::size_t left = below(4); left > 0; --left) {
      members.emplace_back(one_of({R"("quantity":"1.5")", R"("quantity": 3)", R"("until":"2026-03-01T10:00:00Z")",
                                   R"("source":"edge-01")", R"("id":"6")", R"("note":{"a":[1,{"b":null}]})",
                                   R"("quantity":null)", R"("data":{"quantity":"9"})", R"("quantity":1.5)"}));
    }
    return object_of(members);
  }

  std::string object_of(const std::vector<std::string>& members) {
    std::string text = "{";
    for (const std::string& member : members) text += (text.size() > 1 ? "," : "") + padded(member);
    return text + "}";
  }

  std::string quoted_name() {
    static const Texts odd{R"("")",     R"("x")",       R"("sourc\u0065")", "\"n\xC3\xA9\"",
                           R"("Data")", R"("quantit")", "\"id\xFF\"",       R"("time\u0000")"};
    if (below(3) == 0) return std::string(one_of(odd));
    return '"' + std::string(std::string_view(attributes[below(attributes.size())])) + '"';
  }

  std::string value() {
    static const Texts values{"null",
                              "true",
                              "false",
                              "0",
                              "-0",
                              "7",
                              "-1",
                              "999999999999999999",
                              "9223372036854775807",
                              "18446744073709551616",
                              "1e400",
                              "1E-400",
                              "-1.5",
                              "0.1",
                              "01",
                              "-",
                              "1.",
                              ".5",
                              "+1",
                              "0x1",
                              "NaN",
                              "nulL",
                              "truefalse",
                              "[]",
                              "{}",
                              "[1,2,[3]]",
                              "[,]",
                              "{\"a\":1,\"a\":2}",
                              "{\"quantity\":\"2\"}",
                              "{\"quantity\":null,\"until\":null}",
                              "\"\"",
                              "\"1.0\"",
                              "\"calls\"",
                              "\"tallystick.void\"",
                              "\"2026-03-01T09:15:00.001+01:00\"",
                              "\"application/json; charset=utf-8\"",
                              "\"text/plain\"",
                              "\"Zo\xC3\xAB \xE6\x9D\xB1 \xF0\x9F\x8E\x89\"",
                              R"("\ud83c\udf89")",
                              R"("\ud83c")",
                              R"("\udf89x")",
                              R"("\ud83c\ud83c")",
                              R"("\u12")",
                              R"("\x")",
                              "\"\xC0\x80\"",
                              "\"\xE0\x80\x80\"",
                              "\"\xED\xA0\x80\"",
                              "\"\xEF\xBF\xBF\"",
                              "\"\xF4\x90\x80\x80\"",
                              "\"\xF0\x9F\x8E\"",
                              "\"\xE2\x82",
                              "\"\x7F\"",
                              "\"\x1F\"",
                              "\"a text of more than sixteen bytes\"",
                              "\"sixteen bytes: \xC3\xA9\"",
                              "\"0123456789abcde\"",
                              "\"0123456789abcde\\\"",
                              "/**/1",
                              "'a'"};
    if (below(40) == 0) return nested();
    if (below(40) == 0) return "\"" + std::string(below(70), 'z') + "\"";
    if (below(40) == 0) return std::string("\"a\0b\"", 5);
    return std::string(one_of(values));
  }

  // Around the depths at which the two readers stop.
  std::string nested() {
    const std::size_t depth = 10 + below(30);
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += below(2) == 0 ? "[" : "{\"d\":";
    for (std::size_t i = text.size(); i > 0; --i) {
      if (text[i - 1] == '[') text += ']';
      if (text[i - 1] == '{') text += '}';
    }
    // An object needs a value at the bottom.
    const std::size_t bottom = std::min(text.find(']'), text.find('}'));
    return text.insert(bottom, "1");
  }

  std::string padded(std::string_view text) {
    static const Texts blanks{"", "", "", "", "", " ", "\t", "\r", "  ", "\f", "\xEF\xBB\xBF"};
    const bool is_odd = below(30) == 0;
    const auto blank = [&] { return std::string(is_odd ? one_of(blanks) : std::string_view()); };
    return blank() + std::string(text) + blank();
  }

  void damage(std::string& text) {
    if (text.empty()) return;
    const std::size_t at = below(text.size());
    const auto piece = std::string(
        one_of({"\"", "{", "}", "[", "]", ",", ":", "\\", "\n", " ", "null", "1", "\xC3", "\x80",
                "\"data\":", ",\"data\":null", ",\"data\":{\"quantity\":5}", "e", std::string_view("\0", 1)}));
    switch (below(6)) {
      case 0:
        text[at] = static_cast<char>(below(256));
        break;
      case 1:
        text.erase(at, 1 + below(3));
        break;
      case 2:
        text.insert(at, piece);
        break;
      case 3:
        text.resize(at);
        break;
      case 4:
        text.insert(at, text.substr(below(text.size()), below(60)));
        break;
      default:
        text.replace(at, below(4), piece);
    }
  }

  std::mt19937_64 random_;
};

struct Tally {
  int read = 0;
  int with_faults = 0;
  int refused = 0;
};

void expect_alike(std::string_view body, EventFormat format, Tally& tally) {
  const Decoded found = decode_events(body, format, events_max);
  const Decoded expected = FullReading::decode(body, format);
  ASSERT_EQ(found.has_value(), expected.has_value()) << testing::PrintToString(body);
  if (!expected) {
    ++tally.refused;
    ASSERT_EQ(found.error().kind, expected.error().kind) << testing::PrintToString(body);
    if (expected.error().kind == EventDecodeFailure::Kind::too_many_events) return;
    ASSERT_EQ(found.error().message, expected.error().message) << testing::PrintToString(body);
    return;
  }
  ++(expected->faults.empty() ? tally.read : tally.with_faults);
  ASSERT_EQ(found->events, expected->events) << testing::PrintToString(body);
  ASSERT_EQ(found->positions, expected->positions) << testing::PrintToString(body);
  ASSERT_EQ(found->faults, expected->faults) << testing::PrintToString(body);
  ASSERT_EQ(found->organizations_with_faults, expected->organizations_with_faults) << testing::PrintToString(body);
}

TEST(EventDifferential, DamagedBodiesAreAnsweredAsTheFullReaderAnswers) {
  Bodies random(2026);
  Tally tally;
  for (int i = 0; i < bodies; ++i) {
    const auto format = std::array{EventFormat::single, EventFormat::batch, EventFormat::ndjson}[i % 3];
    const std::string body = random.body(format);
    ASSERT_NO_FATAL_FAILURE(expect_alike(body, format, tally));
    // Cut off from memory that would end it well.
    const std::vector<char> cut(body.begin(), body.end());
    ASSERT_NO_FATAL_FAILURE(expect_alike({cut.data(), cut.size()}, format, tally));
  }
  // None of the three ways out is rare, or the bodies test little.
  EXPECT_GT(tally.read, bodies / 10);
  EXPECT_GT(tally.with_faults, bodies / 10);
  EXPECT_GT(tally.refused, bodies / 10);
}

}  // namespace
}  // namespace tallystick::wire
