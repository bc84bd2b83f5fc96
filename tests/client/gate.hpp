#pragma once
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace tallystick::client_test {

/// Where threads stand still until it is opened or they are told to stop.
class Gate {
 public:
  /// True: it was opened; false: `stop` came first.
  bool pass(const std::stop_token& stop) {
    const std::stop_callback wake(stop, [this] {
      const std::lock_guard lock(mutex_);
      changed_.notify_all();
    });
    std::unique_lock lock(mutex_);
    ++inside_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return open_ || stop.stop_requested(); });
    --inside_;
    return open_;
  }
  void await_inside(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return inside_ >= count; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int inside_ = 0;
  bool open_ = false;
};

}  // namespace tallystick::client_test
