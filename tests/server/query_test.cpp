#include "server/query.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace tallystick::server {
namespace {

using Segments = std::vector<std::string>;

struct TargetRow {
  std::string target;
  Segments segments;
};

TEST(Target, PathIsSplitBeforeItIsDecoded) {
  const TargetRow rows[] = {
      {"/", {""}},
      {"/a/b", {"a", "b"}},
      {"/a/b/", {"a", "b", ""}},
      {"//a", {"", "a"}},
      {"/a%2Fb/c", {"a/b", "c"}},
      {"/a+b", {"a+b"}},
      {"/%C3%BC", {"\xC3\xBC"}},
      {"/a?x=/b", {"a"}},
      {"http://host:80/a/b?c=d", {"a", "b"}},
      {"HTTPS://host", {""}},
      {"http://host?x=1", {""}},
  };
  for (const TargetRow& row : rows) {
    const auto parsed = parse_target(row.target);
    ASSERT_TRUE(parsed) << row.target;
    EXPECT_EQ(parsed->segments, row.segments) << row.target;
  }
}

TEST(Target, BrokenOnesAreRefused) {
  for (const std::string target : {"*", "host:443", "a/b", "/%", "/%4", "/%4g", "/%?x=1"}) {
    EXPECT_FALSE(parse_target(target)) << target;
  }
  for (const std::string target : {"/a?x=%", "/a?%zz=1"}) {
    const auto parsed = parse_target(target);
    ASSERT_TRUE(parsed) << target;
    EXPECT_EQ(parsed->segments, std::vector<std::string>{"a"}) << "who asks is looked at before the query is";
    EXPECT_FALSE(parsed->query) << target;
  }
}

TEST(Query, ValuesAreDecoded) {
  const auto query = Query::parse("startDate=2024-01-01T00%3A00%3A00Z&empty=&flag&a=1&a=2&n%61me=x+y%2B&=z&&e=f=g");
  ASSERT_TRUE(query);
  EXPECT_EQ(query->get("startDate"), "2024-01-01T00:00:00Z");
  EXPECT_EQ(query->get("empty"), "");
  EXPECT_EQ(query->get("flag"), "");
  EXPECT_EQ(query->get_filled("empty"), std::nullopt);
  EXPECT_EQ(query->get("a"), "1") << "of repeated names the first counts";
  EXPECT_EQ(query->get("name"), "x y+");
  EXPECT_EQ(query->get("e"), "f=g");
  EXPECT_EQ(query->get("A"), std::nullopt) << "names are compared byte for byte";
  EXPECT_TRUE(query->has_repeated_name());
  EXPECT_FALSE(Query::parse("a=1&b=1")->has_repeated_name());
}

TEST(PercentDecode, UndoesAnyEncoding) {
  EXPECT_TRUE(rc::check([](const std::string& text) {
    std::string encoded;
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      const char* const hex = *rc::gen::element("0123456789abcdef", "0123456789ABCDEF");
      encoded.append({'%', hex[byte / 16], hex[byte % 16]});
    }
    RC_ASSERT(percent_decode(encoded, PlusSign::is_space) == text);
    RC_ASSERT(percent_decode(encoded, PlusSign::is_plus) == text);
  }));
}

TEST(PercentEncode, EveryByteComesBack) {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes.push_back(static_cast<char>(byte));
  const std::string encoded = percent_encode(bytes);
  EXPECT_EQ(percent_decode(encoded, PlusSign::is_space), bytes);
  EXPECT_EQ(encoded.find_first_of(" &+=?#/\""), std::string::npos);
  EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percent_encode("A&B"), "A%26B");
}

}  // namespace
}  // namespace tallystick::server
