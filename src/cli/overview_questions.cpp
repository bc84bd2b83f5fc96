#include "cli/overview_questions.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "tallystick/client/billing_api.hpp"
#include "tallystick/client/tallystick_api.hpp"

namespace tallystick::cli {
namespace {

constexpr int status_not_found = 404;

using Asked = ApiResult<wire::TrusteeBillingOverview>;
/// The first index past 0 that was not found; absent while none is known.
using End = std::optional<std::uint64_t>;

struct Question {
  const OverviewSubject* subject = nullptr;
  std::size_t subject_number = 0;
  std::uint64_t index = 0;
  std::optional<Asked> result;  ///< absent: not asked, or not answered yet
};

bool is_not_found(const Asked& result) {
  return !result && result.error().status == status_not_found;
}

Asked ask(const Connection& connection, const Question& question, const std::stop_token& stop) {
  if (question.subject->trustor) {
    return BillingApi(connection)
        .get_trustee_billing_overview(*question.subject->trustor, question.index)
        .send({.stop = stop});
  }
  return TallystickApi(connection).get_billing_overview(question.index).send({.stop = stop});
}

/// Hands questions to threads. Whatever touches the terminal is done by the thread that runs it.
class Asker {
 public:
  Asker(const Connection& connection, std::vector<Question>& questions, std::size_t subjects, const OverviewPlan& plan,
        Progress& progress)
      : connection_(connection), questions_(questions), plan_(plan), progress_(progress), ends_(subjects) {}

  void run() {
    const std::stop_callback wake(plan_.stop, [this] {
      // Under the lock, so that nobody misses it between looking and waiting.
      const std::lock_guard lock(mutex_);
      changed_.notify_all();
    });
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < std::min(overviews_at_once, questions_.size()); ++i) {
      threads.emplace_back([this] { work(); });
    }
    for (Question& question : questions_) {
      await_thread();
      show();
      if (is_beyond_end(question) || take_kept(question)) {
        skip();
      } else if (!plan_.stop.stop_requested()) {
        hand_over(question);
      } else {
        break;
      }
    }
    finish();
    for (std::thread& thread : threads) thread.join();
  }

  /// Of each subject.
  [[nodiscard]] const std::vector<End>& ends() const { return ends_; }

 private:
  void await_thread() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return under_way_ < overviews_at_once || plan_.stop.stop_requested(); });
  }

  // Whether an earlier run had the answer.
  bool take_kept(Question& question) {
    if (plan_.ledger == nullptr || !question.subject->trustor) return false;
    const std::lock_guard lock(mutex_);
    auto kept = plan_.ledger->find(*question.subject->trustor, question.index);
    if (!kept) return false;
    take(question, *std::move(kept));
    return true;
  }

  // With the lock held.
  void take(Question& question, Asked result) {
    End& end = ends_[question.subject_number];
    if (plan_.walk && question.index > 0 && is_not_found(result)) {
      end = std::min(end.value_or(question.index), question.index);
    }
    question.result.emplace(std::move(result));
  }

  bool is_beyond_end(const Question& question) {
    const std::lock_guard lock(mutex_);
    const End& end = ends_[question.subject_number];
    return end && question.index > *end;
  }

  void skip() {
    const std::lock_guard lock(mutex_);
    ++done_;
  }

  void hand_over(Question& question) {
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(&question);
      ++under_way_;
    }
    changed_.notify_all();
  }

  // Shows how far it is until all are answered.
  void finish() {
    std::unique_lock lock(mutex_);
    is_finished_ = true;
    changed_.notify_all();
    while (under_way_ > 0) {
      const std::size_t done_before = done_;
      changed_.wait(lock, [&] { return done_ != done_before; });
      lock.unlock();
      show();
      lock.lock();
    }
    lock.unlock();
    progress_.clear();
  }

  void work() {
    while (true) {
      Question* question = nullptr;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return is_finished_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        question = waiting_.front();
        waiting_.pop_front();
      }
      Asked result = ask(connection_, *question, plan_.stop);
      {
        const std::lock_guard lock(mutex_);
        const bool was_cancelled = !result && result.error().kind == ApiError::Kind::cancelled;
        if (plan_.ledger != nullptr && question->subject->trustor && !was_cancelled) {
          plan_.ledger->keep(*question->subject->trustor, question->index, result);
        }
        if (!was_cancelled) take(*question, std::move(result));
        --under_way_;
        ++done_;
      }
      changed_.notify_all();
    }
  }

  std::size_t done() {
    const std::lock_guard lock(mutex_);
    return done_;
  }

  void show() {
    if (questions_.size() > 1 && progress_.is_due()) {
      progress_.show(count_line("Overviews", done(), questions_.size()));
    }
  }

  const Connection& connection_;
  std::vector<Question>& questions_;
  const OverviewPlan& plan_;
  Progress& progress_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<End> ends_;
  std::deque<Question*> waiting_;
  std::size_t under_way_ = 0;
  std::size_t done_ = 0;
  bool is_finished_ = false;
};

}  // namespace

OverviewAnswers ask_overviews(const Connection& connection, const std::vector<OverviewSubject>& subjects,
                              const OverviewPlan& plan, Progress& progress) {
  std::vector<Question> questions;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    for (const std::uint64_t index : plan.indexes) questions.push_back({&subjects[i], i, index, std::nullopt});
  }
  Asker asker(connection, questions, subjects.size(), plan, progress);
  asker.run();

  std::vector<bool> found(subjects.size());
  for (const Question& question : questions) {
    if (question.result && *question.result) found[question.subject_number] = true;
  }
  OverviewAnswers answers;
  for (Question& question : questions) {
    const End& end = asker.ends()[question.subject_number];
    if (end && (question.index > *end || (question.index == *end && found[question.subject_number]))) continue;
    if (!question.result) {
      answers.interrupted = true;
      continue;
    }
    OverviewAnswer answer{question.subject->organization, question.index, *std::move(question.result)};
    if (answer.result) answer.organization = answer.result->organization;
    answers.all.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace tallystick::cli
