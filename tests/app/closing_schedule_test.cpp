#include "app/closing_schedule.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "app/billing_fixture.hpp"

namespace tallystick::app {
namespace {

using test::Lines;

/// What each look said, in their order; who asks for the next waits for it.
class Looks {
 public:
  ClosingSchedule::OnLooked callback() {
    return [this](const test::Outcome& outcome) {
      const std::lock_guard lock(mutex_);
      looks_.push_back(outcome);
      changed_.notify_all();
    };
  }
  test::Outcome next() {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, test::patience, [this] { return !looks_.empty(); })) {
      throw std::runtime_error("nobody looked");
    }
    test::Outcome first = std::move(looks_.front());
    looks_.pop_front();
    return first;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<test::Outcome> looks_;
};

class ClosingScheduleTest : public test::BillingTest {
 protected:
  Looks looks_;
};

constexpr std::chrono::hours hardly_ever{24};

TEST_F(ClosingScheduleTest, LooksWhenItStartsAndWhenItIsWoken) {
  set_clock("2026-02-01T00:00:00Z");
  ClosingSchedule schedule(closing_, hardly_ever, looks_.callback());
  EXPECT_EQ(text_of(looks_.next()), Lines{"2026-01-01"}) << "what fell due while nobody looked";
  schedule.wake();
  EXPECT_EQ(text_of(looks_.next()), Lines{});
  set_clock("2026-03-01T00:00:00Z");
  schedule.wake();
  EXPECT_EQ(text_of(looks_.next()), Lines{"2026-02-01"});
}

TEST_F(ClosingScheduleTest, LooksByItselfInBetween) {
  ClosingSchedule schedule(closing_, std::chrono::milliseconds{1}, looks_.callback());
  EXPECT_EQ(text_of(looks_.next()), Lines{});
  set_clock("2026-02-01T00:00:00Z");
  Lines closed;
  while (closed.empty()) closed = text_of(looks_.next());
  EXPECT_EQ(closed, Lines{"2026-01-01"});
}

TEST_F(ClosingScheduleTest, WhoWakesDuringALookGetsAnother) {
  test::Gate look;
  store_.read_billing_door.before = [&look] { look.pass(); };
  ClosingSchedule schedule(closing_, hardly_ever, looks_.callback());
  look.await_arrivals(1);
  set_clock("2026-02-01T00:00:00Z");
  schedule.wake();
  look.open();
  EXPECT_EQ(text_of(looks_.next()), Lines{}) << "it began before the clock was set";
  EXPECT_EQ(text_of(looks_.next()), Lines{"2026-01-01"});
}

TEST_F(ClosingScheduleTest, AFailureIsToldAndTriedAgain) {
  set_clock("2026-02-01T00:00:00Z");
  store_.save_billing_door.error = test::disk_error();
  ClosingSchedule schedule(closing_, hardly_ever, looks_.callback());
  EXPECT_EQ(looks_.next().error().kind, core::ProblemKind::storage_failed);
  store_.save_billing_door.error.reset();
  schedule.wake();
  EXPECT_EQ(text_of(looks_.next()), Lines{"2026-01-01"});
}

// Ten months are due: the one that is being closed is closed, and the rest waits for the next start.
TEST_F(ClosingScheduleTest, EndsAfterThePeriodThatItCloses) {
  set_clock("2026-11-01T00:00:00Z");
  test::Gate writing;
  store_.save_billing_door.before = [&writing] { writing.pass(); };
  auto schedule = std::make_unique<ClosingSchedule>(closing_, hardly_ever, looks_.callback());
  writing.await_arrivals(1);
  closing_.stop();
  writing.open();
  schedule.reset();
  EXPECT_EQ(looks_.next().error().kind, core::ProblemKind::overloaded);
  EXPECT_EQ(store_.closed_periods(test::bank).value().size(), 1U);
}

}  // namespace
}  // namespace tallystick::app
