#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "app/closing.hpp"

namespace tallystick::app {

/// Looks for periods that are due when it starts, whenever it is woken, and at intervals of real time in between; so a
/// period closes once however long the server stood still.
class ClosingSchedule {
 public:
  /// Takes what each look closed, or why it failed; on a thread of its own.
  using OnLooked = std::function<void(const Result<ClosingOutcome, core::Problem>&)>;
  /// `closing` must live longer.
  ClosingSchedule(Closing& closing, std::chrono::milliseconds interval, OnLooked on_looked);
  /// Stops `closing`, and waits for the look that is under way.
  ~ClosingSchedule();
  ClosingSchedule(const ClosingSchedule&) = delete;
  ClosingSchedule& operator=(const ClosingSchedule&) = delete;

  /// The clock was set, or the catalog changed: looks soon. Any thread.
  void wake();

 private:
  void run();

  Closing& closing_;
  const std::chrono::milliseconds interval_;
  const OnLooked on_looked_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_woken_ = false;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace tallystick::app
