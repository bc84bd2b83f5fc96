#include "app/overviews.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "app/store_problem.hpp"

namespace tallystick::app {

class Overviews::Impl {
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
    for (const Question& question : waiting_) question.on_answer(fail(overloaded("The server is stopping.")));
  }

  void ask(const core::OrganizationId& organization, std::uint64_t index, OnAnswer on_answer) {
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.size() < waiting_max_) {
        waiting_.push_back({organization, index, std::move(on_answer)});
        question_waits_.notify_one();
        return;
      }
    }
    on_answer(fail(overloaded("Too many overviews are being made.")));
  }

 private:
  struct Question {
    core::OrganizationId organization;
    std::uint64_t index = 0;
    OnAnswer on_answer;
  };

  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      question_waits_.wait(lock, [this] { return is_stopping_ || !waiting_.empty(); });
      if (is_stopping_) return;
      {
        const Question question = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        question.on_answer(make_overview(question));
      }  // what it captured is freed outside the lock
      lock.lock();
    }
  }

  Result<BillingOverview, core::Problem> make_overview(const Question& question) const {
    try {
      return billing_overview(store_, catalog_, question.organization, question.index, clock_());
    } catch (const std::exception& error) {  // no memory for usage of that size
      return fail(core::Problem{core::ProblemKind::internal, error.what(), {}, 0});
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

Overviews::Overviews(const store::Store& store, const CurrentCatalog& catalog, Clock clock, Settings settings)
    : impl_(std::make_unique<Impl>(store, catalog, std::move(clock), settings)) {}
Overviews::~Overviews() = default;

void Overviews::ask(core::OrganizationId organization, std::uint64_t index, OnAnswer on_answer) {
  impl_->ask(organization, index, std::move(on_answer));
}

}  // namespace tallystick::app
