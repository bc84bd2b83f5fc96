#pragma once
#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <utility>

namespace tallystick::test {

/// Longer than anything takes on a busy machine; only a broken test waits so long.
inline constexpr std::chrono::seconds patience{60};

/// Takes one answer from another thread. Copies of its callback may outlive it; a second answer fails the test.
template <class Value>
class Awaited {
 public:
  /// To be passed as the callback of a use case.
  [[nodiscard]] auto callback() {
    return [state = state_](Value value) {
      const std::lock_guard lock(state->mutex);
      EXPECT_FALSE(state->value.has_value()) << "answered twice";
      state->value.emplace(std::move(value));
      state->changed.notify_all();
    };
  }
  /// Waits for the answer and hands it over. Once.
  [[nodiscard]] Value take() {
    std::unique_lock lock(state_->mutex);
    if (!state_->changed.wait_for(lock, patience, [this] { return state_->value.has_value(); })) {
      throw std::runtime_error("no answer came");
    }
    return std::move(*state_->value);
  }
  [[nodiscard]] bool has_answer() const {
    const std::lock_guard lock(state_->mutex);
    return state_->value.has_value();
  }

 private:
  struct State {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Value> value;
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

/// A place where threads stop until it is opened, and where others can see that one has arrived.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++arrived_;
    changed_.notify_all();
    if (!changed_.wait_for(lock, patience, [this] { return is_open_; })) throw std::runtime_error("gate stayed shut");
  }
  void open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }
  /// Waits until `count` threads have come here since the beginning.
  void await_arrivals(int count) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, patience, [&] { return arrived_ >= count; })) throw std::runtime_error("nobody came");
  }
  [[nodiscard]] int arrivals() const {
    const std::lock_guard lock(mutex_);
    return arrived_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int arrived_ = 0;
  bool is_open_ = false;
};

}  // namespace tallystick::test
