#include "server/rate_limit.hpp"

#include <gtest/gtest.h>

namespace tallystick::server {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

RateLimit::Token token(std::uint8_t number) {
  RateLimit::Token made{};
  made[0] = number;
  return made;
}

constexpr RateLimit::Time start{std::chrono::hours(5)};

TEST(RateLimit, CountsWithinAWindowThatBeginsWithTheFirstRequest) {
  RateLimit limit(2);
  const auto first = limit.count(token(1), start);
  EXPECT_TRUE(first.allowed);
  EXPECT_EQ(first.count, 1U);
  EXPECT_EQ(first.requests_max, 2U);
  EXPECT_EQ(first.reset_in, seconds(60));

  EXPECT_TRUE(limit.count(token(1), start + seconds(10)).allowed);
  const auto third = limit.count(token(1), start + milliseconds(10'500));
  EXPECT_FALSE(third.allowed);
  EXPECT_EQ(third.count, 3U);
  EXPECT_EQ(third.reset_in, seconds(50)) << "rounded up, so that who waits so long is let in";

  EXPECT_FALSE(limit.count(token(1), start + milliseconds(59'999)).allowed);
  const auto next_window = limit.count(token(1), start + seconds(60));
  EXPECT_TRUE(next_window.allowed);
  EXPECT_EQ(next_window.count, 1U);
}

TEST(RateLimit, TokensAreCountedApart) {
  RateLimit limit(1);
  EXPECT_TRUE(limit.count(token(1), start).allowed);
  EXPECT_TRUE(limit.count(token(2), start).allowed);
  EXPECT_FALSE(limit.count(token(1), start).allowed);
}

TEST(RateLimit, ZeroIsNoLimit) {
  RateLimit limit(0);
  for (int i = 0; i < 1'000; ++i) ASSERT_TRUE(limit.count(token(1), start).allowed);
  EXPECT_EQ(limit.count(token(1), start).requests_max, 0U);
}

TEST(RateLimit, MemoryIsBoundedInFavourOfTheCaller) {
  RateLimit limit(1, 2);
  EXPECT_TRUE(limit.count(token(1), start).allowed);
  EXPECT_TRUE(limit.count(token(2), start + seconds(1)).allowed);
  EXPECT_TRUE(limit.count(token(3), start + seconds(2)).allowed) << "token 1 is forgotten for it";
  EXPECT_FALSE(limit.count(token(2), start + seconds(3)).allowed);
  EXPECT_TRUE(limit.count(token(1), start + seconds(3)).allowed) << "token 2 is forgotten for it";
  EXPECT_FALSE(limit.count(token(3), start + seconds(3)).allowed);
  EXPECT_FALSE(limit.count(token(1), start + seconds(61)).allowed) << "token 3's window has ended, token 1's has not";
  EXPECT_TRUE(limit.count(token(4), start + seconds(62)).allowed);
  EXPECT_FALSE(limit.count(token(1), start + seconds(62)).allowed) << "what has ended goes first";
}

}  // namespace
}  // namespace tallystick::server
