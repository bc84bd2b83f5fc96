#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace tallystick::app {

/// A thread that runs tasks one after the other, in the order in which they were given.
class SerialWorker {
 public:
  /// At most `waiting_max` tasks wait, beside the one that runs.
  explicit SerialWorker(std::size_t waiting_max);
  /// Runs what waits first.
  ~SerialWorker();
  SerialWorker(const SerialWorker&) = delete;
  SerialWorker& operator=(const SerialWorker&) = delete;

  /// Any thread. The task must not throw. False: too many wait, and the task was not taken.
  [[nodiscard]] bool post(std::function<void()> task);

 private:
  void run();

  const std::size_t waiting_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace tallystick::app
