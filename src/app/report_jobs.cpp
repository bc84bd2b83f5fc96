#include "app/report_jobs.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "app/store_problem.hpp"

namespace tallystick::app {
namespace {

using Answer = ReportJobs::Answer;
using OnAnswer = ReportJobs::OnAnswer;
using Steady = std::chrono::steady_clock;

struct Waiter {
  OnAnswer on_answer;
  Steady::time_point until;  ///< then it is answered as in progress
};

struct Job {
  Steady::time_point started;
  std::vector<Waiter> waiters;  ///< in the order of `until`
  bool was_told_in_progress = false;
  std::optional<Answer> kept;  ///< finished, for those who were told to come back
};

/// Organization, start, end.
using Key = std::tuple<core::OrganizationId, core::TimePoint, core::TimePoint>;
using Jobs = std::map<Key, Job>;

/// What the timer found when it woke: to be answered, and to be freed, without the lock.
struct Due {
  std::vector<OnAnswer> in_progress;
  std::vector<Jobs::node_type> expired;
};

}  // namespace

class ReportJobs::Impl {
 public:
  Impl(const store::Store& store, const CurrentCatalog& catalog, Clock clock, Settings settings)
      : store_(store), catalog_(catalog), clock_(std::move(clock)), settings_(settings) {
    for (std::size_t i = 0; i < settings_.threads; ++i) workers_.emplace_back([this] { work(); });
    timer_ = std::thread([this] { watch_time(); });
  }

  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      is_stopping_ = true;
    }
    job_waits_.notify_all();
    time_changed_.notify_one();
    for (std::thread& worker : workers_) worker.join();
    timer_.join();
    for (const Key& key : waiting_) {
      for (const Waiter& waiter : jobs_.at(key).waiters) waiter.on_answer(fail(overloaded("The server is stopping.")));
    }
  }

  void ask(const Key& key, OnAnswer on_answer) {
    if (const auto answer = answer_or_wait(key, on_answer)) on_answer(*answer);
  }

 private:
  // What can be answered at once; else `on_answer` is taken and answered later.
  std::optional<Answer> answer_or_wait(const Key& key, OnAnswer& on_answer) {
    const std::lock_guard lock(mutex_);
    const auto now = Steady::now();
    auto found = jobs_.find(key);
    if (found != jobs_.end() && found->second.kept) {
      if (now < kept_until(found->second)) return take_kept(found);
      jobs_.erase(found);
      found = jobs_.end();
    }
    if (found == jobs_.end()) {
      if (unfinished_ >= settings_.waiting_max) return fail(overloaded("Too many reports are being made."));
      found = jobs_.try_emplace(key).first;
      found->second.started = now;
      ++unfinished_;
      waiting_.push_back(key);
      job_waits_.notify_one();
    }
    if (settings_.in_progress_after == std::chrono::milliseconds::zero()) {
      found->second.was_told_in_progress = true;
      return Answer(nullptr);
    }
    const auto until = now + settings_.in_progress_after;
    found->second.waiters.push_back({std::move(on_answer), until});
    wake_timer_before(until);
    return std::nullopt;
  }

  Answer take_kept(Jobs::iterator job) {
    Answer answer = *job->second.kept;
    if (!answer) jobs_.erase(job);
    return answer;
  }

  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      job_waits_.wait(lock, [this] { return is_stopping_ || !waiting_.empty(); });
      if (is_stopping_) return;
      const Key key = waiting_.front();
      waiting_.pop_front();
      lock.unlock();
      const Answer answer = make_report(key);
      lock.lock();
      const std::vector<Waiter> waiters = finish(key, answer);
      lock.unlock();
      for (const Waiter& waiter : waiters) waiter.on_answer(answer);
      lock.lock();
    }
  }

  Answer make_report(const Key& key) const {
    const auto& [organization, start, end] = key;
    try {
      auto report = billable_usage_report(store_, catalog_, organization, {start, end}, clock_());
      if (!report) return fail(std::move(report.error()));
      return std::make_shared<const BillableUsageReport>(std::move(*report));
    } catch (const std::exception& error) {  // no memory for a report of that size
      return fail(core::Problem{core::ProblemKind::internal, error.what(), {}, 0});
    }
  }

  // The lock is held. Returns who waits for the answer.
  std::vector<Waiter> finish(const Key& key, const Answer& answer) {
    --unfinished_;
    const auto found = jobs_.find(key);
    Job& job = found->second;
    std::vector<Waiter> waiters = std::move(job.waiters);
    job.waiters.clear();
    const bool error_is_told = !answer && !waiters.empty();
    if (job.was_told_in_progress && !error_is_told) {
      job.kept = answer;
      wake_timer_before(kept_until(job));
      drop_oldest_kept();
    } else {
      jobs_.erase(found);
    }
    return waiters;
  }

  // Keeps memory bounded: whoever was to get a dropped report asks for it anew.
  void drop_oldest_kept() {
    if (jobs_.size() - unfinished_ <= settings_.waiting_max) return;
    auto oldest = jobs_.end();
    for (auto job = jobs_.begin(); job != jobs_.end(); ++job) {
      const bool is_older = oldest == jobs_.end() || job->second.started < oldest->second.started;
      if (job->second.kept && is_older) oldest = job;
    }
    jobs_.erase(oldest);
  }

  void watch_time() {
    std::unique_lock lock(mutex_);
    while (!is_stopping_) {
      timer_wakes_ = next_due();
      if (timer_wakes_ == Steady::time_point::max()) {
        time_changed_.wait(lock);
      } else {
        time_changed_.wait_until(lock, timer_wakes_);
      }
      Due due = take_due(Steady::now());
      lock.unlock();
      for (const OnAnswer& on_answer : due.in_progress) on_answer(nullptr);
      due = {};
      lock.lock();
    }
  }

  Steady::time_point next_due() const {
    auto next = Steady::time_point::max();
    for (const auto& [key, job] : jobs_) {
      if (job.kept) next = std::min(next, kept_until(job));
      if (!job.waiters.empty()) next = std::min(next, job.waiters.front().until);
    }
    return next;
  }

  Due take_due(Steady::time_point now) {
    Due due;
    for (auto job = jobs_.begin(); job != jobs_.end();) {
      const auto current = job++;
      if (current->second.kept && kept_until(current->second) <= now) {
        due.expired.push_back(jobs_.extract(current));
        continue;
      }
      auto& waiters = current->second.waiters;
      const auto later = std::find_if(waiters.begin(), waiters.end(), [now](const auto& w) { return w.until > now; });
      if (later != waiters.begin()) current->second.was_told_in_progress = true;
      for (auto waiter = waiters.begin(); waiter != later; ++waiter) {
        due.in_progress.push_back(std::move(waiter->on_answer));
      }
      waiters.erase(waiters.begin(), later);
    }
    return due;
  }

  Steady::time_point kept_until(const Job& job) const { return job.started + settings_.kept_for; }

  void wake_timer_before(Steady::time_point due) {
    if (due < timer_wakes_) time_changed_.notify_one();
  }

  const store::Store& store_;
  const CurrentCatalog& catalog_;
  const Clock clock_;
  const Settings settings_;

  std::mutex mutex_;
  std::condition_variable job_waits_;
  std::condition_variable time_changed_;
  Jobs jobs_;
  std::deque<Key> waiting_;     ///< not started
  std::size_t unfinished_ = 0;  ///< waiting and running
  Steady::time_point timer_wakes_ = Steady::time_point::max();
  bool is_stopping_ = false;
  std::vector<std::thread> workers_;
  std::thread timer_;
};

ReportJobs::ReportJobs(const store::Store& store, const CurrentCatalog& catalog, Clock clock, Settings settings)
    : impl_(std::make_unique<Impl>(store, catalog, std::move(clock), settings)) {}
ReportJobs::~ReportJobs() = default;

void ReportJobs::ask(core::OrganizationId organization, core::Period period, OnAnswer on_answer) {
  impl_->ask(Key(organization, period.start, period.end), std::move(on_answer));
}

}  // namespace tallystick::app
