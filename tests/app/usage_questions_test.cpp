#include "app/usage_questions.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <thread>

#include "app/service_fixture.hpp"

namespace tallystick::app {
namespace {

using test::at;
using Answer = Result<BillingOverview, core::Problem>;

// The bank's contract runs through 2026, and the clock stands at 1 April.
class UsageQuestionsTest : public test::ServiceTest {
 protected:
  UsageQuestionsTest() {
    core::Catalog catalog = test::sample_catalog();
    catalog.contracts = {test::contract(test::bank, "2026-01-01", "2027-01-01")};
    current_->replace(std::make_shared<const CatalogSnapshot>(std::move(catalog), test::operator_client()));
  }

  std::unique_ptr<UsageQuestions> questions(std::size_t threads, std::size_t waiting_max) {
    return std::make_unique<UsageQuestions>(store_, *current_, clock_, UsageQuestions::Settings{threads, waiting_max});
  }
  /// Any question that reads usage will do.
  void ask_overview(UsageQuestions& questions, std::uint64_t index,
                    UsageQuestions::OnAnswer<BillingOverview> on_answer) {
    questions.ask<BillingOverview>(
        [this, index] { return billing_overview(store_, *current_, test::bank, index, clock_()); },
        std::move(on_answer));
  }
  void hold_reading() {
    store_.usage_door.before = [this] { disk_.pass(); };
  }
  static void expect_period(const Answer& answer, std::string_view start) {
    ASSERT_TRUE(answer);
    EXPECT_EQ(core::to_string(answer->period.start), start);
  }
  static void expect_overloaded(const Answer& answer) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, core::ProblemKind::overloaded);
    EXPECT_GT(answer.error().retry_after_s, 0);
  }

  test::Gate disk_;
};

TEST_F(UsageQuestionsTest, AnswersAtTheTimeOfTheClock) {
  const auto asked = questions(2, 10);
  test::Awaited<Answer> first;
  ask_overview(*asked, 0, first.callback());
  expect_period(first.take(), "2026-04-01");
  ASSERT_TRUE(clock_.set(at("2026-05-01T00:00:00Z")));
  test::Awaited<Answer> second;
  ask_overview(*asked, 0, second.callback());
  expect_period(second.take(), "2026-05-01");
  test::Awaited<Answer> beyond;
  ask_overview(*asked, std::numeric_limits<std::uint64_t>::max(), beyond.callback());
  EXPECT_EQ(beyond.take().error().kind, core::ProblemKind::not_found);
}

TEST_F(UsageQuestionsTest, ManyWaitAndMoreAreTurnedAway) {
  hold_reading();
  const auto asked = questions(1, 2);
  test::Awaited<Answer> running;
  test::Awaited<Answer> waiting[2];
  ask_overview(*asked, 0, running.callback());
  disk_.await_arrivals(1);
  ask_overview(*asked, 1, waiting[0].callback());
  ask_overview(*asked, 2, waiting[1].callback());
  test::Awaited<Answer> turned_away;
  ask_overview(*asked, 3, turned_away.callback());
  ASSERT_TRUE(turned_away.has_answer()) << "at once";
  expect_overloaded(turned_away.take());
  EXPECT_FALSE(running.has_answer() || waiting[0].has_answer() || waiting[1].has_answer());
  disk_.open();
  expect_period(running.take(), "2026-04-01");
  expect_period(waiting[0].take(), "2026-03-01");
  expect_period(waiting[1].take(), "2026-02-01");
}

TEST_F(UsageQuestionsTest, ThreadsReadSideBySide) {
  hold_reading();
  const auto asked = questions(2, 10);
  test::Awaited<Answer> answers[2];
  ask_overview(*asked, 0, answers[0].callback());
  ask_overview(*asked, 0, answers[1].callback());
  disk_.await_arrivals(2);
  disk_.open();
  for (auto& answer : answers) expect_period(answer.take(), "2026-04-01");
}

TEST_F(UsageQuestionsTest, FailuresAreAnswers) {
  store_.usage_door.error = test::disk_error();
  const auto asked = questions(1, 10);
  test::Awaited<Answer> failed;
  ask_overview(*asked, 0, failed.callback());
  EXPECT_EQ(failed.take().error().kind, core::ProblemKind::storage_failed);
  store_.usage_door.before = [] { throw std::bad_alloc(); };
  test::Awaited<Answer> out_of_memory;
  ask_overview(*asked, 0, out_of_memory.callback());
  EXPECT_EQ(out_of_memory.take().error().kind, core::ProblemKind::internal);
}

TEST_F(UsageQuestionsTest, EveryoneIsAnsweredAtTheEnd) {
  hold_reading();
  test::Awaited<Answer> of_running;
  test::Awaited<Answer> of_waiting;
  auto asked = questions(1, 10);
  ask_overview(*asked, 0, of_running.callback());
  disk_.await_arrivals(1);
  ask_overview(*asked, 1, of_waiting.callback());
  std::thread ending([&] { asked.reset(); });
  disk_.open();
  ending.join();
  ASSERT_TRUE(of_running.has_answer() && of_waiting.has_answer());
  expect_period(of_running.take(), "2026-04-01");
}

}  // namespace
}  // namespace tallystick::app
