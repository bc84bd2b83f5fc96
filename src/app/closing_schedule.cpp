#include "app/closing_schedule.hpp"

#include <future>
#include <memory>
#include <utility>

namespace tallystick::app {

ClosingSchedule::ClosingSchedule(Closing& closing, std::chrono::milliseconds interval, OnLooked on_looked)
    : closing_(closing), interval_(interval), on_looked_(std::move(on_looked)), thread_([this] { run(); }) {}

ClosingSchedule::~ClosingSchedule() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_one();
  closing_.stop();
  thread_.join();
}

void ClosingSchedule::wake() {
  {
    const std::lock_guard lock(mutex_);
    is_woken_ = true;
  }
  changed_.notify_one();
}

void ClosingSchedule::run() {
  std::unique_lock lock(mutex_);
  while (!is_stopping_) {
    is_woken_ = false;  // before the look: who wakes from now on has it look once more
    lock.unlock();
    // Shared, because the worker's thread may still be leaving set_value when this one has the answer.
    const auto looked = std::make_shared<std::promise<Result<ClosingOutcome, core::Problem>>>();
    closing_.close_due(
        [looked](Result<ClosingOutcome, core::Problem> outcome) { looked->set_value(std::move(outcome)); });
    on_looked_(looked->get_future().get());
    lock.lock();
    changed_.wait_for(lock, interval_, [this] { return is_woken_ || is_stopping_; });
  }
}

}  // namespace tallystick::app
