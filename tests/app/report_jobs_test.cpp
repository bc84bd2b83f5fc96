#include "app/report_jobs.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "app/service_fixture.hpp"

namespace tallystick::app {
namespace {

using test::at;
using Answer = ReportJobs::Answer;

const core::Period march{at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z")};
const core::Period february{at("2026-02-01T00:00:00Z"), at("2026-03-01T00:00:00Z")};
constexpr std::chrono::minutes never{10};

class ReportJobsTest : public test::ServiceTest {
 protected:
  ReportJobsTest() { store_events({test::usage({.id = "1", .quantity = "42"})}); }

  void hold_reports() {
    store_.usage_door.before = [this] { disk_.pass(); };
  }
  std::unique_ptr<ReportJobs> jobs(std::chrono::milliseconds in_progress_after, std::size_t waiting_max = 10,
                                   std::chrono::milliseconds kept_for = never) {
    return std::make_unique<ReportJobs>(store_, *current_, clock_,
                                        ReportJobs::Settings{1, in_progress_after, kept_for, waiting_max});
  }
  static Answer ask(ReportJobs& jobs, core::Period period = march) {
    test::Awaited<Answer> answer;
    jobs.ask(test::bank, period, answer.callback());
    return answer.take();
  }
  // Asks as a client does, until it is no longer in progress.
  static Answer ask_until_done(ReportJobs& jobs, core::Period period = march) {
    const auto deadline = std::chrono::steady_clock::now() + test::patience;
    for (;;) {
      Answer answer = ask(jobs, period);
      if (!answer || *answer != nullptr) return answer;
      if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("always in progress");
      std::this_thread::yield();
    }
  }
  static void expect_report(const Answer& answer) {
    ASSERT_TRUE(answer);
    ASSERT_NE(*answer, nullptr);
    ASSERT_EQ((*answer)->products.size(), 1U);
    EXPECT_EQ((*answer)->products[0].total, test::decimal("42"));
  }

  test::Gate disk_;
};

TEST_F(ReportJobsTest, AQuickReportIsAnsweredAndNotKept) {
  const auto running = jobs(never);
  expect_report(ask(*running));
  store_events({test::usage({.id = "2", .product = "peak"})});
  const Answer anew = ask(*running);
  ASSERT_TRUE(anew);
  EXPECT_EQ((*anew)->products.size(), 2U) << "computed anew";
}

TEST_F(ReportJobsTest, ASlowReportIsInProgressAndThenKept) {
  hold_reports();
  const auto running = jobs(std::chrono::milliseconds(1));
  const Answer first = ask(*running);
  ASSERT_TRUE(first);
  EXPECT_EQ(*first, nullptr);
  disk_.open();
  const Answer done = ask_until_done(*running);
  expect_report(done);
  EXPECT_EQ(store_.usage_door.calls, 1) << "the work went on, nobody began anew";
  const Answer again = ask(*running);
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *done) << "kept";
  EXPECT_EQ(store_.usage_door.calls, 1);
}

TEST_F(ReportJobsTest, WithoutPatienceEveryFirstAskIsInProgress) {
  const auto running = jobs(std::chrono::milliseconds(0));
  test::Awaited<Answer> first;
  running->ask(test::bank, march, first.callback());
  ASSERT_TRUE(first.has_answer()) << "at once";
  EXPECT_EQ(first.take().value(), nullptr);
  expect_report(ask_until_done(*running));
}

TEST_F(ReportJobsTest, TheSameRequestJoinsTheRunningJob) {
  hold_reports();
  const auto running = jobs(never);
  test::Awaited<Answer> first;
  test::Awaited<Answer> second;
  test::Awaited<Answer> of_another_period;
  running->ask(test::bank, march, first.callback());
  running->ask(test::bank, march, second.callback());
  running->ask(test::bank, february, of_another_period.callback());
  disk_.open();
  const Answer one = first.take();
  expect_report(one);
  EXPECT_EQ(*one, second.take().value());
  EXPECT_NE(*one, of_another_period.take().value());
  EXPECT_EQ(store_.usage_door.calls, 2);
}

TEST_F(ReportJobsTest, AKeptReportIsForItsOwnOrganizationAndPeriod) {
  const auto running = jobs(std::chrono::milliseconds(0));
  expect_report(ask_until_done(*running));
  const Answer other = ask_until_done(*running, february);
  ASSERT_TRUE(other);
  EXPECT_TRUE((*other)->products.empty());
  test::Awaited<Answer> foreign;
  running->ask(test::partner, march, foreign.callback());
  EXPECT_EQ(foreign.take().value(), nullptr) << "not the bank's";
}

TEST_F(ReportJobsTest, AReportIsNotKeptForEver) {
  const auto running = jobs(std::chrono::milliseconds(0), 10, std::chrono::milliseconds(0));
  while (store_.usage_door.calls < 3) {
    const Answer answer = ask(*running);
    ASSERT_TRUE(answer);
    ASSERT_EQ(*answer, nullptr) << "nothing is kept, each ask begins anew or joins what runs";
    std::this_thread::yield();
  }
}

TEST_F(ReportJobsTest, AnErrorIsToldOnceAndForgotten) {
  hold_reports();
  store_.usage_door.error = test::disk_error();
  const auto running = jobs(std::chrono::milliseconds(0));
  EXPECT_EQ(ask(*running).value(), nullptr);
  disk_.open();
  const Answer failed = ask_until_done(*running);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, core::ProblemKind::storage_failed);
  store_.usage_door.error.reset();
  expect_report(ask_until_done(*running));
}

TEST_F(ReportJobsTest, WhoWaitsIsToldTheError) {
  store_.usage_door.error = test::disk_error();
  const auto running = jobs(never);
  const Answer failed = ask(*running);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, core::ProblemKind::storage_failed);
}

TEST_F(ReportJobsTest, TooManyAtOnceComeBackLater) {
  hold_reports();
  const auto running = jobs(std::chrono::milliseconds(0), 1);
  EXPECT_EQ(ask(*running).value(), nullptr);
  const Answer refused = ask(*running, february);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, core::ProblemKind::overloaded);
  EXPECT_EQ(refused.error().retry_after_s, 1);
  EXPECT_EQ(ask(*running).value(), nullptr) << "who joins needs no room";
  disk_.open();
  expect_report(ask_until_done(*running));
  EXPECT_TRUE(ask_until_done(*running, february)) << "there is room again";
}

TEST_F(ReportJobsTest, OnlySoManyAreKept) {
  const auto running = jobs(std::chrono::milliseconds(0), 1);
  expect_report(ask_until_done(*running, march));
  EXPECT_TRUE(ask_until_done(*running, february));
  EXPECT_EQ(ask(*running, march).value(), nullptr) << "the older one had to go";
}

TEST_F(ReportJobsTest, TheClockIsReadWhenTheReportIsMade) {
  ASSERT_TRUE(clock_.set(at("2026-04-02T00:00:00Z")));
  store_events({test::usage({.id = "2", .product = "peak", .time = "2026-04-02T12:00:00Z"})});
  const core::Period april{at("2026-04-01T00:00:00Z"), at("2026-05-01T00:00:00Z")};
  const auto running = jobs(never);
  EXPECT_EQ(ask(*running, april).value()->products.size(), 0U);
  ASSERT_TRUE(clock_.set(at("2026-04-03T00:00:00Z")));
  EXPECT_EQ(ask(*running, april).value()->products.size(), 1U);
}

TEST_F(ReportJobsTest, EveryoneIsAnsweredAtTheEnd) {
  hold_reports();
  test::Awaited<Answer> of_running;
  test::Awaited<Answer> of_waiting;
  auto running = jobs(never);
  running->ask(test::bank, march, of_running.callback());
  disk_.await_arrivals(1);
  running->ask(test::bank, february, of_waiting.callback());
  std::thread ending([&] { running.reset(); });
  disk_.open();
  ending.join();
  ASSERT_TRUE(of_running.has_answer() && of_waiting.has_answer());
  expect_report(of_running.take());
}

}  // namespace
}  // namespace tallystick::app
