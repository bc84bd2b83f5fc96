#include "contenders/measured_run.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <ctime>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace tallystick::bench {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_between(Clock::time_point begin, Clock::time_point end) {
  return std::chrono::duration<double>(end - begin).count();
}

double thread_cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// Makes groups on a thread of its own, a few ahead of who takes them.
class GroupsAhead {
 public:
  GroupsAhead(const Contender& contender, const Load& load, const MeasuredPlan& plan)
      : contender_(contender), load_(load), plan_(plan), thread_([this](const std::stop_token& stop) { make(stop); }) {}

  /// The next group; absent after the last one.
  std::unique_ptr<PreparedGroup> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !ready_.empty() || is_finished_; });
    if (fault_) std::rethrow_exception(fault_);
    if (ready_.empty()) return nullptr;
    auto group = std::move(ready_.front());
    ready_.pop_front();
    changed_.notify_all();
    return group;
  }

  /// After the last group.
  [[nodiscard]] double cpu_seconds() const { return cpu_seconds_; }

 private:
  static constexpr std::size_t ahead_max = 8;

  void make(const std::stop_token& stop) {
    try {
      std::vector<LoadEvent> events;
      for (std::uint64_t first = 0; first < plan_.events && !stop.stop_requested(); first += plan_.group_events) {
        events.clear();
        const std::uint64_t end = std::min(first + plan_.group_events, plan_.events);
        for (std::uint64_t position = first; position < end; ++position) events.push_back(load_.at(position));
        auto group = contender_.prepare(events);
        std::unique_lock lock(mutex_);
        changed_.wait(lock, stop, [this] { return ready_.size() < ahead_max; });
        ready_.push_back(std::move(group));
        changed_.notify_all();
      }
    } catch (...) {
      fault_ = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    cpu_seconds_ = thread_cpu_seconds();
    is_finished_ = true;
    changed_.notify_all();
  }

  const Contender& contender_;
  const Load& load_;
  const MeasuredPlan& plan_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::unique_ptr<PreparedGroup>> ready_;
  bool is_finished_ = false;
  std::exception_ptr fault_;
  double cpu_seconds_ = 0;
  std::jthread thread_;
};

}  // namespace

MeasuredResult measure(Contender& contender, const Load& load, const MeasuredPlan& plan,
                       const std::function<void(const MeasuredSegment&)>& on_segment) {
  MeasuredResult result;
  MeasuredSegment segment;
  GroupsAhead groups(contender, load, plan);
  const auto begin = Clock::now();
  auto segment_begin = begin;
  const auto end_segment = [&](Clock::time_point now) {
    segment.seconds = seconds_between(segment_begin, now);
    result.latency.add(segment.latency);
    on_segment(segment);
    segment_begin = now;
    segment.own_events = 0;
    segment.latency = {};
  };
  while (const auto group = groups.take()) {
    const auto asked = Clock::now();
    const GroupOutcome outcome = contender.commit(*group);
    const auto now = Clock::now();
    segment.latency.add(now - asked);
    result.accepted += outcome.accepted;
    result.duplicates += outcome.duplicates;
    const std::uint64_t group_events = outcome.accepted + outcome.duplicates;
    segment.own_events += group_events;
    segment.events += group_events;
    if (segment.own_events >= plan.segment_events) end_segment(now);
  }
  result.seconds = seconds_between(begin, Clock::now());
  if (segment.own_events > 0) end_segment(Clock::now());
  result.preparation_cpu_seconds = groups.cpu_seconds();
  return result;
}

}  // namespace tallystick::bench
