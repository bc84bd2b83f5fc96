#include "client/url.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "client/query.hpp"
#include "tallystick/client/connection.hpp"

namespace tallystick::client {
namespace {

TEST(PercentEncode, LeavesTheUnreservedAndEncodesAllElse) {
  EXPECT_EQ(percent_encode("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(percent_encode("2026-03-01T00:00:00.000Z"), "2026-03-01T00%3A00%3A00.000Z");
  EXPECT_EQ(percent_encode("a b+c&d=e/f?g#h%"), "a%20b%2Bc%26d%3De%2Ff%3Fg%23h%25");
  EXPECT_EQ(percent_encode("é"), "%C3%A9");
  EXPECT_EQ(percent_encode(std::string_view("\0\x7f", 2)), "%00%7F");
}

RC_GTEST_PROP(PercentEncode, CanBeUndone, (const std::string& text)) {
  const std::string encoded = percent_encode(text);
  std::string decoded;
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    if (encoded[i] == '%') {
      decoded += static_cast<char>(std::stoi(encoded.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      decoded += encoded[i];
    }
  }
  RC_ASSERT(decoded == text);
}

TEST(FormEncode, WritesABlankAsPlus) {
  EXPECT_EQ(form_encode("a b:c+d%"), "a+b%3Ac%2Bd%25");
}

TEST(Base64, FollowsRfc4648) {
  const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"},
                                                                   {"\xfb\xff\xfe", "+//+"}};
  for (const auto& [bytes, text] : vectors) EXPECT_EQ(base64(bytes), text);
}

TEST(ParseUrl, TakesOriginsWithAPortAndAPrefix) {
  struct Row {
    std::string_view text;
    std::string_view origin;
    std::string_view path;
  };
  const Row rows[] = {
      {"https://api.mypurecloud.de", "https://api.mypurecloud.de", ""},
      {"https://api.mypurecloud.de/", "https://api.mypurecloud.de", ""},
      {"HTTPS://API.Example.COM:8443/Gate/Way/", "https://api.example.com:8443", "/Gate/Way"},
      {"http://[::1]:8080", "http://[::1]:8080", ""},
      {"http://[::1]", "http://[::1]", ""},
      {"http://localhost:1", "http://localhost:1", ""},
      {"https://a_b-c.example:65535/%20", "https://a_b-c.example:65535", "/%20"},
  };
  for (const auto& row : rows) {
    const auto url = parse_url(row.text);
    ASSERT_TRUE(url) << row.text;
    EXPECT_EQ(url->origin(), row.origin);
    EXPECT_EQ(url->path, row.path);
  }
}

TEST(ParseUrl, RefusesWhatCouldMeanAnotherServer) {
  for (const std::string_view text : {"",
                                      "api.mypurecloud.de",
                                      "ftp://example.com",
                                      "http://",
                                      "http:///path",
                                      "http://user@127.0.0.1",
                                      "http://127.0.0.1@evil.example",
                                      "http://127.0.0.1\\@evil.example",
                                      "http://a?b",
                                      "http://a/b?c",
                                      "http://a/b#c",
                                      "http://a#b",
                                      "http://a:0",
                                      "http://a:65536",
                                      "http://a:",
                                      "http://a:8x",
                                      "http://a b",
                                      "http://a/b c",
                                      "http://[::1",
                                      "http://::1",
                                      "http://[::1]x",
                                      "http://[]",
                                      "http://.a",
                                      "http://:8080",
                                      "http://a:80:80",
                                      "http://a\n",
                                      "http://é"}) {
    EXPECT_FALSE(parse_url(text)) << text;
  }
}

TEST(IsLoopback, IsThisMachineInPlainSpellingAlone) {
  for (const std::string_view text :
       {"http://localhost", "http://LOCALHOST:80", "http://127.0.0.1:8080", "http://127.255.0.9", "http://[::1]:80"}) {
    EXPECT_TRUE(parse_url(text).value().is_loopback()) << text;
  }
  for (const std::string_view text :
       {"http://example.com", "http://localhost.example.com", "http://127.0.0.1.example.com", "http://127.0.0.256",
        "http://127.0.0", "http://127.0.0.0.1", "http://127.0.0.01", "http://127.1", "http://0177.0.0.1",
        "http://2130706433", "http://0.0.0.0", "http://10.0.0.1", "http://[::]", "http://[::2]", "http://[::ffff:1]",
        "http://127.0.0.1.", "http://127..0.1", "http://localhost."}) {
    const auto url = parse_url(text);
    EXPECT_FALSE(url && url->is_loopback()) << text;
  }
}

TEST(WithQuery, KeepsTheOrderAndEncodesValues) {
  EXPECT_EQ(with_query("/p", {}), "/p");
  EXPECT_EQ(with_query("/p", {{"a", std::nullopt}, {"b", ""}, {"c", std::nullopt}, {"d", "1"}}), "/p?b=&d=1");
  EXPECT_EQ(with_query("/p", {{"a", std::nullopt}}), "/p");
  EXPECT_EQ(with_query("/p", {{"b", "1 2"}, {"a", "x&y"}}), "/p?b=1%202&a=x%26y");
}

}  // namespace
}  // namespace tallystick::client
