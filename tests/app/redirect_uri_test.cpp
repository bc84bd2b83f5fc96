#include "app/redirect_uri.hpp"

#include <gtest/gtest.h>

namespace tallystick::app {
namespace {

TEST(RedirectUri, WhatMayBeRegistered) {
  for (const auto* text :
       {"https://app.example/back", "https://app.example", "https://app.example:8443/back?from=us&x=%20",
        "http://localhost/back", "http://127.0.0.1", "http://127.0.0.1:1/back", "http://[::1]:65535/back",
        "https://[2001:db8::1]/back", "https://xn--bcher-kva.example/"}) {
    EXPECT_TRUE(is_redirect_uri(text)) << text;
  }
}

TEST(RedirectUri, WhatMayNot) {
  for (const auto* text : {"",
                           "/back",
                           "app.example/back",
                           "//app.example/back",
                           "https://",
                           "https:///back",
                           "https://?x",
                           "http://app.example/back",
                           "http://127.0.0.2/back",
                           "http://127.0.0.1.evil.example/back",
                           "http://localhost.evil.example/back",
                           "http://LOCALHOST/back",
                           "http://[::2]/back",
                           "https://app.example/back#here",
                           "https://app.example/back#",
                           "https://ana@app.example/back",
                           "http://localhost@evil.example/back",
                           "http://localhost:80@evil.example/back",
                           "https://app.example\\@evil.example/back",
                           "https://app.example/b ack",
                           "https://app.example/b\nack",
                           "https://app.example/b\xC3\xA9",
                           "https://app.example/\"x",
                           "https://app.example:/back",
                           "https://app.example:0/back",
                           "https://app.example:080/back",
                           "https://app.example:65536/back",
                           "https://app.example:8x/back",
                           "https://[::1/back",
                           "https://[]/back",
                           "https://[::1]8080/back",
                           "https://app%2eexample/back",
                           "javascript:alert(1)",
                           "data:text/html,x",
                           "myapp://back"}) {
    EXPECT_FALSE(is_redirect_uri(text)) << text;
  }
}

struct Row {
  const char* registered;
  const char* asked;
  bool matches;
};

TEST(RedirectUri, OnlyThePortOfThisMachineMayDiffer) {
  const Row rows[] = {
      {"https://app.example/back", "https://app.example/back", true},
      {"https://app.example/back", "https://app.example/back/", false},
      {"https://app.example/back", "https://app.example/back?x=1", false},
      {"https://app.example/back", "https://app.example/bac", false},
      {"https://app.example/back", "https://app.example/back/../x", false},
      {"https://app.example/back", "https://app.example:443/back", false},
      {"https://app.example/back", "http://app.example/back", false},
      {"https://app.example/back", "https://APP.example/back", false},
      {"https://app.example/back", "https://app.example.evil.example/back", false},
      {"https://localhost/back", "https://localhost:8443/back", false},
      {"http://127.0.0.1/back", "http://127.0.0.1:49152/back", true},
      {"http://127.0.0.1:8000/back", "http://127.0.0.1:49152/back", true},
      {"http://127.0.0.1:8000/back", "http://127.0.0.1/back", true},
      {"http://[::1]/back", "http://[::1]:49152/back", true},
      {"http://localhost/back", "http://localhost:49152/back", true},
      {"http://localhost/back", "http://127.0.0.1:49152/back", false},
      {"http://127.0.0.1/back", "http://127.0.0.1:49152/other", false},
      {"http://127.0.0.1/back", "http://127.0.0.1:49152/back?x=1", false},
      {"http://127.0.0.1/back", "http://127.0.0.1:49152/back#x", false},
      {"http://127.0.0.1/back", "http://127.0.0.1:99999/back", false},
      {"http://127.0.0.1/back", "http://127.0.0.1:1@evil.example/back", false},
      {"http://127.0.0.1/back", "https://127.0.0.1:49152/back", false},
      {"", "", false},
      {"myapp://back", "myapp://back", false},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(matches_redirect_uri(row.registered, row.asked), row.matches) << row.registered << " " << row.asked;
  }
}

}  // namespace
}  // namespace tallystick::app
