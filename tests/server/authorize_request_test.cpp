#include "server/authorize_request.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace tallystick::server {
namespace {

Query query(std::string_view text) {
  return Query::parse(text).value();
}

TEST(AuthorizeRequest, IsReadAndTheRestIgnored) {
  const auto read = read_authorize_request(
      query("org=acme&client_id=app&redirect_uri=https%3A%2F%2Fa.example%2Fback&response_type=code&provider=okta"
            "&code_challenge=abc&code_challenge_method=S256&state=a%20b%26c"));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->asked.client_id, "app");
  EXPECT_EQ(read->asked.redirect_uri, "https://a.example/back");
  EXPECT_EQ(read->asked.response_type, "code");
  EXPECT_EQ(read->asked.code_challenge, "abc");
  EXPECT_EQ(read->asked.code_challenge_method, "S256");
  EXPECT_EQ(read->state, "a b&c");
  EXPECT_EQ(read_authorize_request(query("client_id=a&redirect_uri=b"))->state, std::nullopt);
}

TEST(AuthorizeRequest, WhatCannotBeAnsweredIsRefused) {
  for (const std::string_view text :
       {"", "client_id=a", "redirect_uri=b", "client_id=&redirect_uri=b", "client_id=a&redirect_uri=b&redirect_uri=c",
        "client_id=a&redirect_uri=b&org=1&org=2"}) {
    EXPECT_FALSE(read_authorize_request(query(text))) << text;
  }
}

TEST(AuthorizeRequest, TheWayBackKeepsTheRedirectUri) {
  const struct {
    std::string_view redirect_uri;
    std::optional<std::string> state;
    std::string_view address;
  } rows[] = {
      {"https://a.example/back", std::nullopt, "https://a.example/back?code=c%2F1"},
      {"https://a.example/back", "", "https://a.example/back?code=c%2F1&state="},
      {"https://a.example/back", "s", "https://a.example/back?code=c%2F1&state=s"},
      {"https://a.example/back?x=%20", "s", "https://a.example/back?x=%20&code=c%2F1&state=s"},
      {"http://[::1]:8/", "a&code=evil#\r\nSet-Cookie: x",
       "http://[::1]:8/?code=c%2F1&state=a%26code%3Devil%23%0D%0ASet-Cookie%3A%20x"},
  };
  for (const auto& row : rows) {
    AuthorizeRequest request;
    request.asked.redirect_uri = row.redirect_uri;
    request.state = row.state;
    EXPECT_EQ(address_back(request, {{"code", "c/1"}}), row.address);
  }
}

TEST(AuthorizeRequest, AnyStateComesBackAsItWas) {
  EXPECT_TRUE(rc::check([](const std::string& state) {
    AuthorizeRequest request;
    request.asked.redirect_uri = "https://a.example/back";
    request.state = state;
    const std::string address = address_back(request, {{"code", "c"}});
    const auto back = Query::parse(address.substr(address.find('?') + 1));
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->get("state") == std::string_view(state));
    RC_ASSERT(address.find_first_of("\r\n") == std::string::npos);
  }));
}

}  // namespace
}  // namespace tallystick::server
