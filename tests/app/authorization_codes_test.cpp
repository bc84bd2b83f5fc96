#include "app/authorization_codes.hpp"

#include <gtest/gtest.h>

#include "app/service_fixture.hpp"

namespace tallystick::app {
namespace {

class Codes : public testing::Test {
 protected:
  std::string issue(core::TimePoint now, std::string user = "ana") {
    return codes_.issue({"app", std::move(user), "fingerprint", "https://app.example/back", "challenge", {}}, random_,
                        now);
  }

  AuthorizationCodes codes_;
  const RandomBytes random_ = test::seeded_bytes();
  const core::TimePoint noon_ = test::at("2026-03-01T12:00:00Z");
};

TEST_F(Codes, ACodeStandsForItsLogInOnce) {
  const std::string code = issue(noon_);
  EXPECT_EQ(code.size(), made_secret_bytes);
  EXPECT_NE(issue(noon_), code);
  const auto first = codes_.take(code, "app", noon_);
  ASSERT_TRUE(first);
  EXPECT_FALSE(first->was_used_before);
  EXPECT_EQ(first->log_in.user_id, "ana");
  EXPECT_EQ(first->log_in.redirect_uri, "https://app.example/back");
  EXPECT_EQ(first->log_in.code_challenge, "challenge");
  const auto second = codes_.take(code, "app", noon_);
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->was_used_before);
}

TEST_F(Codes, ACodeIsGoodForAMinute) {
  const std::string in_time = issue(noon_);
  const std::string late = issue(noon_);
  EXPECT_TRUE(codes_.take(in_time, "app", noon_ + std::chrono::milliseconds(59'999)));
  EXPECT_FALSE(codes_.take(late, "app", noon_ + std::chrono::seconds(60)));
}

TEST_F(Codes, AUsedOneIsRecognizedForTenMinutes) {
  const std::string code = issue(noon_);
  ASSERT_TRUE(codes_.take(code, "app", noon_));
  const auto again = codes_.take(code, "app", noon_ + std::chrono::milliseconds(599'999));
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->was_used_before);
  EXPECT_FALSE(codes_.take(code, "app", noon_ + std::chrono::minutes(10)));
}

TEST_F(Codes, AnotherClientsCodeIsNoneAndStaysGood) {
  const std::string code = issue(noon_);
  EXPECT_FALSE(codes_.take(code, "other", noon_));
  EXPECT_FALSE(codes_.take("no code", "app", noon_));
  const auto taken = codes_.take(code, "app", noon_);
  ASSERT_TRUE(taken);
  EXPECT_FALSE(taken->was_used_before);
}

TEST_F(Codes, APersonHasTenAtMost) {
  const std::string of_bo = issue(noon_, "bo");
  const std::string first = issue(noon_);
  const std::string second = issue(noon_);
  for (int i = 0; i < 9; ++i) static_cast<void>(issue(noon_));
  EXPECT_FALSE(codes_.take(first, "app", noon_));
  EXPECT_TRUE(codes_.take(second, "app", noon_));
  EXPECT_TRUE(codes_.take(of_bo, "app", noon_));
}

}  // namespace
}  // namespace tallystick::app
