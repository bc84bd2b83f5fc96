#include "server/settings.hpp"

#include <gtest/gtest.h>

namespace tallystick::server {
namespace {

TEST(ParseAddress, ReadsHostAndPort) {
  const struct {
    std::string_view text;
    std::string host;
    std::uint16_t port;
    bool loopback;
  } rows[] = {
      {"127.0.0.1:8080", "127.0.0.1", 8080, true},
      {"127.8.9.10:1", "127.8.9.10", 1, true},
      {"localhost:0", "localhost", 0, true},
      {"[::1]:65535", "::1", 65535, true},
      {"[::ffff:127.0.0.1]:1", "::ffff:127.0.0.1", 1, true},
      {"0.0.0.0:80", "0.0.0.0", 80, false},
      {"[::]:80", "::", 80, false},
      {"[::ffff:10.0.0.1]:1", "::ffff:10.0.0.1", 1, false},
      {"billing.example.com:443", "billing.example.com", 443, false},
      {"128.0.0.1:443", "128.0.0.1", 443, false},
  };
  for (const auto& row : rows) {
    const auto address = parse_address(row.text);
    ASSERT_TRUE(address) << row.text;
    EXPECT_EQ(address->host, row.host);
    EXPECT_EQ(address->port, row.port);
    EXPECT_EQ(is_loopback(*address), row.loopback) << row.text;
    EXPECT_EQ(to_string(*address), row.text);
  }
}

TEST(ParseAddress, RefusesWhatIsNone) {
  for (const std::string_view text : {"", "8080", "host", "host:", ":80", "host:65536", "host:-1", "host: 80",
                                      "host:80x", "::1:80", "[]:80", "[host]:80", "[::1]", "a]:80"}) {
    EXPECT_FALSE(parse_address(text)) << text;
  }
}

TEST(ParsePublicUrl, TakesOriginsWithAPathAtMost) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"https://billing.example.com", "https://billing.example.com"},
      {"http://127.0.0.1:8080/", "http://127.0.0.1:8080"},
      {"HTTPS://b.example/metering//", "HTTPS://b.example/metering"},
      {"http://[::1]:80", "http://[::1]:80"}};
  for (const auto& [text, url] : rows) EXPECT_EQ(parse_public_url(text), url);
  for (const std::string_view text :
       {"", "billing.example.com", "https://", "https:///path", "ftp://b.example", "https://b.example?a=1",
        "https://b.example#top", "https://user@b.example", "https://b example", "https://b.example\n", "https:b"}) {
    EXPECT_EQ(parse_public_url(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace tallystick::server
