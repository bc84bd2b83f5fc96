#include "server/same_origin.hpp"

#include <gtest/gtest.h>

namespace tallystick::server {
namespace {

TEST(SameOrigin, BrowsersSayWhereAFormComesFrom) {
  const struct {
    HeaderFields headers;
    bool is_own;
  } rows[] = {
      {{}, true},
      {{{"Sec-Fetch-Site", "same-origin"}}, true},
      {{{"Sec-Fetch-Site", "same-origin"}, {"Origin", "null"}}, true},
      {{{"Sec-Fetch-Site", "same-site"}}, false},
      {{{"Sec-Fetch-Site", "cross-site"}}, false},
      {{{"Sec-Fetch-Site", "none"}}, false},
      {{{"Sec-Fetch-Site", ""}}, false},
      {{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "http://127.0.0.1:8080"}}, false},
      {{{"Origin", "http://127.0.0.1:8080"}, {"Host", "127.0.0.1:8080"}}, true},
      {{{"Origin", "https://Billing.example.com"}, {"Host", "10.0.0.7:80"}}, true},
      {{{"Origin", "https://billing.example.com:444"}, {"Host", "10.0.0.7:80"}}, false},
      {{{"Origin", "https://billing.example.com.evil.com"}, {"Host", "10.0.0.7:80"}}, false},
      {{{"Origin", "http://127.0.0.1:8081"}, {"Host", "127.0.0.1:8080"}}, false},
      {{{"Origin", "null"}, {"Host", "127.0.0.1:8080"}}, false},
      {{{"Origin", "null"}}, false},
      {{{"Origin", ""}}, false},
      {{{"Origin", "http://"}}, false},
  };
  for (const auto& row : rows) {
    Request request;
    request.headers = row.headers;
    std::string said;
    for (const auto& [name, value] : row.headers) said += name + ": " + value + "; ";
    EXPECT_EQ(is_from_own_page(request, "https://billing.example.com/prefix"), row.is_own) << said;
  }
}

}  // namespace
}  // namespace tallystick::server
