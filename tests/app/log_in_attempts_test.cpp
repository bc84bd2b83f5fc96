#include "app/log_in_attempts.hpp"

#include <gtest/gtest.h>

#include "app/sample_catalog.hpp"

namespace tallystick::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

class Attempts : public testing::Test {
 protected:
  static LogInAttempts::Account account(std::string_view email, std::string_view secret_hash = "hash") {
    return LogInAttempts::account_of(test::bank, email, secret_hash);
  }
  // How many tries of `wanted` begin.
  int begin(int wanted, core::TimePoint now, const LogInAttempts::Account& of = account("ana@example.com")) {
    int begun = 0;
    while (wanted-- > 0) begun += attempts_.begin(of, now) ? 1 : 0;
    return begun;
  }

  LogInAttempts attempts_;
  const core::TimePoint noon_ = test::at("2026-03-01T12:00:00Z");
};

TEST_F(Attempts, TenInAQuarterOfAnHour) {
  EXPECT_EQ(begin(11, noon_), 10);
  EXPECT_EQ(begin(1, noon_ + minutes(15) - milliseconds(1)), 0);
  EXPECT_EQ(begin(11, noon_ + minutes(15)), 10);
}

TEST_F(Attempts, TheWindowMovesOn) {
  EXPECT_EQ(begin(5, noon_), 5);
  EXPECT_EQ(begin(6, noon_ + minutes(10)), 5);
  EXPECT_EQ(begin(6, noon_ + minutes(15)), 5) << "the first five are gone";
  EXPECT_EQ(begin(6, noon_ + minutes(25)), 5) << "the second five are gone";
}

TEST_F(Attempts, ARefusedTryProlongsNothing) {
  EXPECT_EQ(begin(10, noon_), 10);
  for (int second = 0; second < 900; ++second) EXPECT_EQ(begin(1, noon_ + seconds(second)), 0);
  EXPECT_EQ(begin(1, noon_ + minutes(15)), 1);
}

TEST_F(Attempts, ARightOneForgetsTheWrongOnes) {
  EXPECT_EQ(begin(10, noon_), 10);
  attempts_.succeed(account("ana@example.com"));
  EXPECT_EQ(begin(11, noon_), 10);
}

TEST_F(Attempts, OneThatNobodyLookedAtDoesNotCount) {
  EXPECT_EQ(begin(10, noon_), 10);
  attempts_.take_back(account("ana@example.com"));
  EXPECT_EQ(begin(2, noon_), 1);
  attempts_.take_back(account("who never tried"));
}

TEST_F(Attempts, AccountsAreCountedApart) {
  EXPECT_EQ(begin(11, noon_), 10);
  EXPECT_EQ(begin(1, noon_, account("ANA@example.com")), 0) << "the case of letters makes no other account";
  EXPECT_EQ(begin(11, noon_, account("bo@example.com")), 10);
  EXPECT_EQ(begin(11, noon_, account("ana@example.com", "another hash")), 10) << "a new secret starts anew";
  EXPECT_EQ(begin(11, noon_, account("ana@example.com", "")), 10);
  EXPECT_EQ(begin(11, noon_, LogInAttempts::account_of(test::partner, "ana@example.com", "hash")), 10);
}

TEST_F(Attempts, AFloodOfAccountsForgetsOldOnesFirst) {
  for (int i = 0; i < 10'000; ++i) EXPECT_EQ(begin(1, noon_, account(std::to_string(i))), 1);
  EXPECT_EQ(begin(11, noon_ + minutes(15)), 10);
  EXPECT_EQ(begin(1, noon_ + minutes(15)), 0);
}

}  // namespace
}  // namespace tallystick::app
