#include "cli/request_pace.hpp"

#include <gtest/gtest.h>

namespace tallystick::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr RequestPace::Time begin{std::chrono::hours{1}};

HttpResponse limited(int count, int allowed, int reset_s) {
  return {.status = 200,
          .headers = {{"inin-ratelimit-count", std::to_string(count)},
                      {"Inin-RateLimit-Allowed", std::to_string(allowed)},
                      {"inin-ratelimit-reset", std::to_string(reset_s)}},
          .body = {}};
}

TEST(RequestPace, NothingIsHeldBackWhereNoLimitIsTold) {
  RequestPace pace;
  for (int i = 0; i < 1'000; ++i) {
    EXPECT_FALSE(pace.reserve(begin));
    pace.observe({.status = 200, .headers = {{"inin-ratelimit-count", "300"}}, .body = {}}, begin);
  }
}

TEST(RequestPace, TheLimitHoldsUntilTheWindowEnds) {
  RequestPace pace;
  pace.observe(limited(298, 300, 40), begin);
  EXPECT_FALSE(pace.reserve(begin));
  EXPECT_FALSE(pace.reserve(begin));
  EXPECT_EQ(pace.reserve(begin), milliseconds(0)) << "those on their way may use it up";
  pace.observe(limited(299, 300, 40), begin);
  pace.release();
  pace.observe(limited(300, 300, 39), begin + milliseconds(500));
  pace.release();
  EXPECT_EQ(pace.reserve(begin + seconds(10)), seconds(30));
  EXPECT_FALSE(pace.reserve(begin + seconds(40)));
}

TEST(RequestPace, AnswersInAnotherOrderCountOnce) {
  RequestPace pace;
  pace.observe(limited(300, 300, 40), begin);
  pace.observe(limited(7, 300, 41), begin);
  EXPECT_TRUE(pace.reserve(begin)) << "an older answer of the same window";
  pace.observe(limited(7, 300, 60), begin + seconds(1));
  EXPECT_FALSE(pace.reserve(begin + seconds(1))) << "a new window";
}

TEST(RequestPace, OthersWhoUseTheTokenCountToo) {
  RequestPace pace;
  pace.observe(limited(1, 300, 60), begin);
  pace.observe(limited(300, 300, 60), begin + milliseconds(100));
  EXPECT_EQ(pace.reserve(begin + milliseconds(100)), seconds(60));
}

TEST(RequestPace, WhatIsNoNumberIsNotRead) {
  RequestPace pace;
  HttpResponse odd = limited(300, 300, 60);
  odd.headers[1].second = "3OO";
  pace.observe(odd, begin);
  EXPECT_FALSE(pace.reserve(begin));
  pace.observe(limited(1, 0, 60), begin);
  EXPECT_FALSE(pace.reserve(begin)) << "a limit of 0 would hold everything for ever";
}

}  // namespace
}  // namespace tallystick::cli
