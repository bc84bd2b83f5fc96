#include "http/paced_reads.hpp"

#include <thread>

#include "http/blocking_reader.hpp"
#include "turns/thread_turns.hpp"

namespace tallystick::bench {

PacedResult read_paced(const PacedPlan& plan, const std::stop_token& stop) {
  using Clock = std::chrono::steady_clock;
  // What this thread waits for a processor is no part of the answer.
  turns::take_rank(turns::Rank::answering);
  BlockingReader reader(plan.port, plan.token);
  PacedResult result;
  result.by_target.resize(plan.targets.size());
  const auto begin = Clock::now();
  const std::chrono::duration<double> beat{1.0 / plan.per_second};
  for (std::uint64_t number = 0; number < plan.requests_max && !stop.stop_requested(); ++number) {
    const auto due = begin + std::chrono::duration_cast<Clock::duration>(beat * static_cast<double>(number));
    std::this_thread::sleep_until(due);
    const std::size_t target = number % plan.targets.size();
    const auto asked = Clock::now();
    reader.get(plan.targets[target]);
    const auto answered = Clock::now();
    result.by_target[target].add(answered - asked);
    result.latency.add(answered - asked);
    result.since_due.add(answered - due);
  }
  return result;
}

}  // namespace tallystick::bench
