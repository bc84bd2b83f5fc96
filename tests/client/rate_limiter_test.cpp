#include "client/rate_limiter.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace tallystick::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr RateLimiter::Time begin{std::chrono::hours{1}};

HttpResponse limited(int count, int allowed, int reset_s) {
  return {.status = 200,
          .headers = {{"inin-ratelimit-count", std::to_string(count)},
                      {"Inin-RateLimit-Allowed", std::to_string(allowed)},
                      {"inin-ratelimit-reset", std::to_string(reset_s)}},
          .body = {}};
}

/// How long a request has to wait; -1: it got a place.
milliseconds wait_of(RateLimiter& limiter, RateLimiter::Time now) {
  const auto wait = limiter.reserve(now);
  return wait ? wait->length : milliseconds(-1);
}
constexpr milliseconds a_place{-1};

TEST(RateLimiter, NothingIsHeldBackWhereNoLimitIsTold) {
  RateLimiter limiter;
  for (int i = 0; i < 1'000; ++i) {
    EXPECT_EQ(wait_of(limiter, begin), a_place);
    limiter.observe({.status = 200, .headers = {{"inin-ratelimit-count", "300"}}, .body = {}}, begin);
  }
  EXPECT_EQ(limiter.limit().allowed, 0U);
}

TEST(RateLimiter, TheLimitHoldsUntilTheWindowEnds) {
  RateLimiter limiter;
  limiter.observe(limited(298, 300, 40), begin);
  EXPECT_EQ(wait_of(limiter, begin), a_place);
  EXPECT_EQ(wait_of(limiter, begin), a_place);
  EXPECT_EQ(wait_of(limiter, begin), milliseconds(0)) << "those on their way may use it up";
  limiter.observe(limited(299, 300, 40), begin);
  limiter.release();
  limiter.observe(limited(300, 300, 39), begin + milliseconds(500));
  limiter.release();
  EXPECT_EQ(wait_of(limiter, begin + seconds(10)), seconds(30));
  EXPECT_EQ(limiter.limit().count, 300U);
  EXPECT_EQ(limiter.limit().window_end, begin + seconds(40));
  EXPECT_EQ(wait_of(limiter, begin + seconds(40)), a_place);
}

TEST(RateLimiter, OneOfThoseThatWaitSleepsForAll) {
  RateLimiter limiter;
  limiter.observe(limited(300, 300, 40), begin);
  EXPECT_TRUE(limiter.reserve(begin)->is_mine);
  EXPECT_FALSE(limiter.reserve(begin)->is_mine);
  limiter.wake();
  EXPECT_TRUE(limiter.reserve(begin)->is_mine) << "the sleeper gave up";
}

TEST(RateLimiter, WhoWaitsIsWokenByAReleaseByTheSleeperAndByAStop) {
  const std::function<void(RateLimiter&, std::stop_source&)> rows[] = {
      [](RateLimiter& limiter, std::stop_source&) { limiter.release(); },
      [](RateLimiter& limiter, std::stop_source&) { limiter.wake(); },
      [](RateLimiter&, std::stop_source& stop) { stop.request_stop(); },
  };
  for (const auto& wake : rows) {
    RateLimiter limiter;
    EXPECT_EQ(wait_of(limiter, begin), a_place);
    limiter.observe(limited(300, 300, 3'000), begin);
    EXPECT_TRUE(limiter.reserve(begin)->is_mine);
    const auto wait = limiter.reserve(begin);
    ASSERT_TRUE(wait && !wait->is_mine);
    std::stop_source stop;
    // Without a wake this would take 3,000 s, whichever of both comes first.
    std::jthread waiting([&] { limiter.await_change(*wait, stop.get_token(), begin); });
    wake(limiter, stop);
  }
}

TEST(RateLimiter, AnswersInAnotherOrderCountOnce) {
  RateLimiter limiter;
  limiter.observe(limited(300, 300, 40), begin);
  limiter.observe(limited(7, 300, 41), begin);
  EXPECT_EQ(wait_of(limiter, begin), seconds(41)) << "an older answer of the same window";
  limiter.observe(limited(7, 300, 60), begin + seconds(1));
  EXPECT_EQ(wait_of(limiter, begin + seconds(1)), a_place) << "a new window";
}

TEST(RateLimiter, OthersWhoUseTheTokenCountToo) {
  RateLimiter limiter;
  limiter.observe(limited(1, 300, 60), begin);
  limiter.observe(limited(300, 300, 60), begin + milliseconds(100));
  EXPECT_EQ(wait_of(limiter, begin + milliseconds(100)), seconds(60));
}

TEST(RateLimiter, WhatIsNoNumberIsNotRead) {
  RateLimiter limiter;
  HttpResponse odd = limited(300, 300, 60);
  odd.headers[1].second = "3OO";
  limiter.observe(odd, begin);
  EXPECT_EQ(wait_of(limiter, begin), a_place);
  limiter.observe(limited(1, 0, 60), begin);
  EXPECT_EQ(wait_of(limiter, begin), a_place) << "a limit of 0 would hold everything for ever";
}

}  // namespace
}  // namespace tallystick::client
