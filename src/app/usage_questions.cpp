#include "app/usage_questions.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "app/store_problem.hpp"
#include "turns/thread_turns.hpp"

namespace tallystick::app {

class UsageQuestions::Impl {
 public:
  Impl(const store::Store& store, const CurrentCatalog& catalog, Clock clock, Settings settings)
      : store_(store), catalog_(catalog), clock_(std::move(clock)), waiting_max_(settings.waiting_max) {
    for (std::size_t i = 0; i < settings.threads; ++i) workers_.emplace_back([this] { work(); });
  }

  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      is_stopping_ = true;
    }
    question_waits_.notify_all();
    for (std::thread& worker : workers_) worker.join();
    for (const Question& each : waiting_) each.refuse(overloaded("The server is stopping."));
  }

  void post(Question asked) {
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.size() < waiting_max_) {
        waiting_.push_back(std::move(asked));
        question_waits_.notify_one();
        return;
      }
    }
    asked.refuse(overloaded("Too many questions about usage wait to be answered."));
  }

  Result<ConcurrentUsageReport, core::Problem> concurrent_usage(const core::OrganizationId& organization,
                                                                core::Period period) const {
    return concurrent_usage_report(store_, catalog_, organization, period, clock_());
  }

 private:
  void work() {
    turns::take_rank(turns::Rank::answering);
    std::unique_lock lock(mutex_);
    for (;;) {
      question_waits_.wait(lock, [this] { return is_stopping_ || !waiting_.empty(); });
      if (is_stopping_) return;
      {
        const Question asked = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        asked.answer();
      }  // what it captured is freed outside the lock
      lock.lock();
    }
  }

  const store::Store& store_;
  const CurrentCatalog& catalog_;
  const Clock clock_;
  const std::size_t waiting_max_;

  std::mutex mutex_;
  std::condition_variable question_waits_;
  std::deque<Question> waiting_;
  bool is_stopping_ = false;
  std::vector<std::thread> workers_;
};

UsageQuestions::UsageQuestions(const store::Store& store, const CurrentCatalog& catalog, Clock clock, Settings settings)
    : impl_(std::make_unique<Impl>(store, catalog, std::move(clock), settings)) {}
UsageQuestions::~UsageQuestions() = default;

void UsageQuestions::post(Question question) {
  impl_->post(std::move(question));
}

void UsageQuestions::ask_concurrent_usage(core::OrganizationId organization, core::Period period,
                                          OnAnswer<ConcurrentUsageReport> on_answer) {
  ask<ConcurrentUsageReport>(
      [impl = impl_.get(), organization, period] { return impl->concurrent_usage(organization, period); },
      std::move(on_answer));
}

}  // namespace tallystick::app
