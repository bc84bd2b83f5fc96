#include "client/http_date.hpp"

#include <gtest/gtest.h>

namespace tallystick::client {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

TEST(HttpDate, IsReadInItsOneForm) {
  // 784111777: the example of RFC 9110, by `date -d … +%s`.
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), sys_seconds(seconds(784'111'777)));
  EXPECT_EQ(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT"), sys_seconds(seconds(0)));
  EXPECT_EQ(parse_http_date("Thu, 29 Feb 2024 23:59:60 GMT"), sys_seconds(seconds(1'709'251'200)));
  for (const std::string_view other :
       {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 0x Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT "}) {
    EXPECT_FALSE(parse_http_date(other)) << other;
  }
}

}  // namespace
}  // namespace tallystick::client
