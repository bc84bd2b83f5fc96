#include "cli/overview_questions.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "cli/number_text.hpp"
#include "tallystick/client/billing_api.hpp"
#include "tallystick/client/tallystick_api.hpp"

namespace tallystick::cli {
namespace {

constexpr int status_not_found = 404;
// How often the time left is shown while the rate limit holds everything back.
constexpr std::chrono::milliseconds countdown_step{1'000};

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

Asked ask(const Connection& connection, const Question& question) {
  if (question.subject->trustor) {
    return BillingApi(connection).get_trustee_billing_overview(*question.subject->trustor, question.index).send();
  }
  return TallystickApi(connection).get_billing_overview(question.index).send();
}

/// Hands questions to threads. Whatever touches the terminal is done by the thread that runs it.
class Asker {
 public:
  Asker(const Connection& connection, std::vector<Question>& questions, std::size_t subjects, bool walk,
        RequestPace& pace, const Terminal& terminal, Progress& progress)
      : connection_(connection),
        questions_(questions),
        walk_(walk),
        pace_(pace),
        terminal_(terminal),
        progress_(progress),
        ends_(subjects) {}

  void run() {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < std::min(overviews_at_once, questions_.size()); ++i) {
      threads.emplace_back([this] { work(); });
    }
    for (Question& question : questions_) {
      await_thread();
      show();
      if (is_beyond_end(question)) {
        skip();
      } else {
        await_place();
        hand_over(question);
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
    changed_.wait(lock, [this] { return under_way_ < overviews_at_once; });
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

  // A place within the rate limit.
  void await_place() {
    while (true) {
      const std::size_t done_before = done();
      const auto pause = pace_.reserve(terminal_.monotonic_now());
      if (!pause) return;
      if (*pause == std::chrono::milliseconds::zero()) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return done_ != done_before || under_way_ == 0; });
        continue;
      }
      progress_.show("The rate limit is reached; going on in " + duration_text(*pause));
      terminal_.pause(std::min(*pause, countdown_step));
    }
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
      Asked result = ask(connection_, *question);
      pace_.release();
      {
        const std::lock_guard lock(mutex_);
        End& end = ends_[question->subject_number];
        if (walk_ && question->index > 0 && is_not_found(result))
          end = std::min(end.value_or(question->index), question->index);
        question->result.emplace(std::move(result));
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
  const bool walk_;
  RequestPace& pace_;
  const Terminal& terminal_;
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

std::vector<OverviewAnswer> ask_overviews(const Connection& connection, const std::vector<OverviewSubject>& subjects,
                                          const std::vector<std::uint64_t>& indexes, bool walk, RequestPace& pace,
                                          const Terminal& terminal, Progress& progress) {
  std::vector<Question> questions;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    for (const std::uint64_t index : indexes) questions.push_back({&subjects[i], i, index, std::nullopt});
  }
  Asker asker(connection, questions, subjects.size(), walk, pace, terminal, progress);
  asker.run();

  std::vector<bool> found(subjects.size());
  for (const Question& question : questions) {
    if (question.result && *question.result) found[question.subject_number] = true;
  }
  std::vector<OverviewAnswer> answers;
  for (Question& question : questions) {
    const End& end = asker.ends()[question.subject_number];
    if (end && (question.index > *end || (question.index == *end && found[question.subject_number]))) continue;
    OverviewAnswer answer{question.subject->organization, question.index, *std::move(question.result)};
    if (answer.result) answer.organization = answer.result->organization;
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace tallystick::cli
