#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tallystick::server {

/// The threads on which handlers run. What waits is bounded by the connections, each of which has one request at a
/// time.
class WorkerPool {
 public:
  explicit WorkerPool(std::size_t threads);
  /// As `stop`.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Runs `task` on one of the threads; what it throws is logged. After `stop` it is dropped unrun. Any thread.
  void post(std::function<void()> task);

  /// Finishes what runs, drops what waits. Not from a task.
  void stop();

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace tallystick::server
