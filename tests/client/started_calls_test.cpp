#include "client/started_calls.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "client/gate.hpp"

namespace tallystick::client {
namespace {

using client_test::Gate;

TEST(StartedCalls, WorkOnThreadsOfTheirOwn) {
  std::promise<std::thread::id> worked;
  StartedCalls calls;
  calls.start([&](const std::stop_token&) { worked.set_value(std::this_thread::get_id()); }, {}, 1);
  EXPECT_NE(worked.get_future().get(), std::this_thread::get_id());
}

TEST(StartedCalls, AreAtWorkTogetherUpToTheLimitInTheOrderTheyCame) {
  constexpr std::size_t limit = 4;
  constexpr int count = 40;
  std::atomic<int> at_work = 0;
  std::atomic<int> most = 0;
  std::mutex mutex;
  std::vector<int> begun;
  Gate gate;
  {
    StartedCalls calls;
    std::latch all(count);
    for (int i = 0; i < count; ++i) {
      calls.start(
          [&, i](const std::stop_token& stop) {
            const int now = ++at_work;
            for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
            }
            {
              const std::lock_guard lock(mutex);
              begun.push_back(i);
            }
            EXPECT_TRUE(gate.pass(stop));
            --at_work;
            all.count_down();
          },
          {}, limit);
    }
    gate.await_inside(static_cast<int>(limit));
    {
      const std::lock_guard lock(mutex);
      EXPECT_EQ(std::set<int>(begun.begin(), begun.end()), (std::set<int>{0, 1, 2, 3}));
    }
    gate.open();
    all.wait();
  }
  EXPECT_EQ(begun.size(), static_cast<std::size_t>(count));
  EXPECT_EQ(most, static_cast<int>(limit));
}

TEST(StartedCalls, ALimitOfNoneIsOne) {
  std::promise<void> worked;
  StartedCalls calls;
  calls.start([&](const std::stop_token&) { worked.set_value(); }, {}, 0);
  worked.get_future().get();
}

TEST(StartedCalls, TheLatestLimitCounts) {
  Gate gate;
  StartedCalls calls;
  const auto work = [&](const std::stop_token& stop) { EXPECT_TRUE(gate.pass(stop)); };
  calls.start(work, {}, 1);
  gate.await_inside(1);
  calls.start(work, {}, 1);
  calls.start(work, {}, 3);
  gate.await_inside(2);
  calls.start(work, {}, 3);
  gate.await_inside(3);
  gate.open();
}

TEST(StartedCalls, AreCalledAtOnceWhenTheyAreCancelledWhileTheyWait) {
  Gate gate;
  std::stop_source stop_of_one;
  std::promise<bool> one;
  std::promise<bool> other;
  StartedCalls calls;
  calls.start([&](const std::stop_token& stop) { EXPECT_TRUE(gate.pass(stop)); }, {}, 1);
  gate.await_inside(1);

  calls.start([&](const std::stop_token& stop) { one.set_value(stop.stop_requested()); }, stop_of_one.get_token(), 1);
  calls.start([&](const std::stop_token& stop) { other.set_value(stop.stop_requested()); }, {}, 1);
  stop_of_one.request_stop();
  EXPECT_TRUE(one.get_future().get());  // While the only thread at work stands at the gate.
  auto later = other.get_future();
  EXPECT_EQ(later.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  gate.open();
  EXPECT_FALSE(later.get());
}

TEST(StartedCalls, CancelledBeforeTheyAreStartedTheyAreCalledNeverthelessOnAnotherThread) {
  std::stop_source cancelled;
  cancelled.request_stop();
  std::promise<std::pair<bool, std::thread::id>> worked;
  StartedCalls calls;
  calls.start(
      [&](const std::stop_token& stop) {
        worked.set_value({stop.stop_requested(), std::this_thread::get_id()});
      },
      cancelled.get_token(), 1);
  const auto [was_cancelled, thread] = worked.get_future().get();
  EXPECT_TRUE(was_cancelled);
  EXPECT_NE(thread, std::this_thread::get_id());
}

TEST(StartedCalls, ManyAreCancelledByOneStop) {
  constexpr int count = 1'000;
  Gate gate;
  std::stop_source stop;
  std::latch called(count);
  std::atomic<int> cancelled = 0;
  StartedCalls calls;
  for (int i = 0; i < count; ++i) {
    calls.start(
        [&](const std::stop_token& told) {
          if (!gate.pass(told)) ++cancelled;
          called.count_down();
        },
        stop.get_token(), 2);
  }
  gate.await_inside(2);
  stop.request_stop();
  called.wait();
  EXPECT_EQ(cancelled, count);
}

TEST(StartedCalls, EndWithAllOfThemCalled) {
  Gate gate;
  std::atomic<int> cancelled = 0;
  {
    StartedCalls calls;
    for (int i = 0; i < 20; ++i) {
      calls.start([&](const std::stop_token& stop) { cancelled += gate.pass(stop) ? 0 : 1; }, {}, 3);
    }
    gate.await_inside(3);
  }
  EXPECT_EQ(cancelled, 20);
}

TEST(StartedCalls, MayBeStartedByOneAnother) {
  constexpr int depth = 50;
  std::promise<void> last;
  StartedCalls calls;
  std::function<void(int)> start_next = [&](int left) {
    calls.start(
        [&, left](const std::stop_token&) {
          if (left == 0) {
            last.set_value();
          } else {
            start_next(left - 1);
          }
        },
        {}, 1);
  };
  start_next(depth);
  last.get_future().get();
}

TEST(StartedCalls, MayCancelThemselvesAndOneAnother) {
  std::stop_source stop;
  std::latch called(10);
  StartedCalls calls;
  for (int i = 0; i < 10; ++i) {
    calls.start(
        [&](const std::stop_token&) {
          stop.request_stop();
          called.count_down();
        },
        stop.get_token(), 2);
  }
  called.wait();
}

// Here the thread that calls goes on after the test, so that what it touches is its own.
TEST(StartedCalls, MayEndByTheirOwnWork) {
  struct Outcome {
    std::atomic<int> cancelled = 0;
    std::latch called{10};
  };
  for (const std::size_t limit : {1U, 3U}) {
    const auto outcome = std::make_shared<Outcome>();
    const auto gate = std::make_shared<Gate>();
    auto calls = std::make_shared<StartedCalls>();
    calls->start(
        [outcome, gate, last = calls](const std::stop_token& stop) mutable {
          EXPECT_TRUE(gate->pass(stop));
          last.reset();
          outcome->called.count_down();
        },
        {}, limit);
    gate->await_inside(1);
    for (int i = 0; i < 9; ++i) {
      calls->start(
          [outcome, never = std::make_shared<Gate>()](const std::stop_token& stop) {
            outcome->cancelled += never->pass(stop) ? 0 : 1;
            outcome->called.count_down();
          },
          {}, limit);
    }
    calls.reset();
    gate->open();
    outcome->called.wait();
    EXPECT_EQ(outcome->cancelled, 9) << limit;
  }
}

TEST(StartedCalls, MayEndByWhatTheirWorkHolds) {
  const auto ended = std::make_shared<std::promise<void>>();
  const auto gate = std::make_shared<Gate>();
  auto calls = std::make_shared<StartedCalls>();
  // Members of a closure end from the last to the first, so that the promise is kept after the calls have ended.
  std::shared_ptr<void> at_end(nullptr, [ended](void*) { ended->set_value(); });
  calls->start(
      [gate, at_end = std::move(at_end), last = calls](const std::stop_token& stop) { EXPECT_TRUE(gate->pass(stop)); },
      {}, 1);
  gate->await_inside(1);
  calls.reset();
  gate->open();
  ended->get_future().get();
}

}  // namespace
}  // namespace tallystick::client
