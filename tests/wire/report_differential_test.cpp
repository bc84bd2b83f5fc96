#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "wire/billing_usage_report_shape.hpp"

// Thousands of reports, half of them damaged: what from_json says of each is what the tree alone says, to the last byte
// of the last fault.
namespace tallystick::wire {
namespace {

constexpr int reports = 20'000;

// Reports from a seed, the same on every machine: std's distributions are not.
class Reports {
 public:
  explicit Reports(std::uint64_t seed) : random_(seed) {}

  std::string report() {
    std::string text =
        object({R"("startDate":)" + time(), R"("endDate":)" + time(), "\"usages\":" + list(&Reports::usage)},
               {R"("id":"r")", R"("name":)" + name(), R"("status":)" + status(), R"("selfUri":"/u")"});
    for (std::size_t damages = below(6); damages > 4; --damages) damage(text);
    return text;
  }

 private:
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }
  std::string one_of(const std::vector<std::string_view>& texts) { return std::string(texts[below(texts.size())]); }

  // Most as services write it; seldom what only the tree reads, or nobody.
  std::string seldom(const std::string& usual, const std::vector<std::string_view>& odd) {
    return below(60) == 0 ? one_of(odd) : usual;
  }
  std::string name() {
    std::string text = one_of({"\"ana@example.com\"", "\"\"", "\"0123456789abcdef\"", "\"Zo\xC3\xAB \xE6\x9D\xB1\"",
                               "\"22222222-2222-4222-8222-222222222222\""});
    return seldom(text, {R"("a\"b")", R"("\u00e9")", "null", "7", "\"\xC3\x28\"", "[]", "\"\x1F\""});
  }
  std::string time() {
    return seldom(
        one_of({"\"2026-03-04T09:15:00.001Z\"", "\"2026-03-31T23:59:59.999Z\"", "\"2026-02-28T00:00:00.000Z\""}),
        {"\"2026-03-04T09:15:00Z\"", "\"2026-03-04T09:15:00+01:00\"", "\"2026-02-29T00:00:00.000Z\"", "\"soon\"",
         "null", "1772582400", "\"2026-03-04 09:15:00 +0000 UTC\""});
  }
  std::string status() { return seldom(one_of({"\"Complete\"", "\"InProgress\""}), {"\"Newer\"", "null", "true"}); }
  std::string resource() { return object({"\"name\":" + name(), "\"date\":" + time()}, {}); }
  std::string usage() {
    return object({"\"name\":" + name(), R"("totalUsage":"1.5")", "\"resources\":" + list(&Reports::resource)}, {});
  }
  std::string list(std::string (Reports::*element)()) {
    std::string text = "[";
    for (std::size_t left = below(5); left > 0; --left) text += (this->*element)() + (left > 1 ? "," : "");
    return seldom(text + "]", {"{}", "null", "[null]", "[,]"});
  }
  std::string object(const std::vector<std::string>& required, const std::vector<std::string>& optional) {
    std::vector<std::string> members;
    for (const std::string& member : required) {
      if (below(150) != 0) members.push_back(member);
    }
    for (const std::string& member : optional) {
      if (below(2) == 0) members.push_back(member);
    }
    if (below(60) == 0) members.push_back(one_of({R"("more":[1,{"a":null}])", R"("more":1.50)", R"("name":"twice")"}));
    for (std::size_t i = members.size(); i > 1 && below(4) == 0; --i) std::swap(members[i - 1], members[below(i)]);
    std::string text = "{";
    for (const std::string& member : members) text += (text.size() > 1 ? "," : "") + blank() + member + blank();
    return text + "}";
  }
  std::string blank() { return below(20) == 0 ? one_of({" ", "\n", "\t", "\r\n "}) : ""; }

  void damage(std::string& text) {
    const std::size_t at = below(text.size());
    switch (below(5)) {
      case 0:
        text[at] = static_cast<char>(below(256));
        break;
      case 1:
        text.erase(at, 1 + below(3));
        break;
      case 2:
        text.insert(at, one_of({"\"", "{", "}", "[", "]", ",", ":", "\\", "\n", "null", "1", "\xC3", "\x80"}));
        break;
      case 3:
        text.resize(at);
        break;
      default:
        text.insert(at, text.substr(below(text.size()), below(60)));
    }
    if (text.empty()) text = "{";
  }

  std::mt19937_64 random_;
};

TEST(ReportDifferential, ReportsReadAsTheTreeReadsThem) {
  Reports random(2026);
  int plain_ones = 0;
  int of_the_tree = 0;
  int with_faults = 0;
  for (int i = 0; i < reports; ++i) {
    const std::string text = random.report();
    // In memory of its own, so that a read beyond its end is seen by a sanitizer.
    const std::vector<char> own(text.begin(), text.end());
    const std::string_view view(own.data(), own.size());
    BillingUsageReport plain;
    const bool is_plain = PlainModel(view).read_all(plain);
    const auto expected = codec::read_by_tree<BillingUsageReport>(view);
    const auto read = from_json<BillingUsageReport>(view);
    ASSERT_EQ(read.has_value(), expected.has_value()) << text;
    if (!expected) {
      ++with_faults;
      ASSERT_FALSE(is_plain) << text;
      ASSERT_EQ(read.error(), expected.error()) << text;
      continue;
    }
    ++(is_plain ? plain_ones : of_the_tree);
    ASSERT_EQ(*read, *expected) << text;
    ASSERT_TRUE(!is_plain || plain == *expected) << text;
  }
  // None of the three is rare, or the reports test little.
  EXPECT_GT(plain_ones, reports / 4);
  EXPECT_GT(of_the_tree, reports / 20);
  EXPECT_GT(with_faults, reports / 10);
}

}  // namespace
}  // namespace tallystick::wire
