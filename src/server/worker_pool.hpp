#pragma once
#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tallystick::server {

/// The two lanes of waiting work take turns, so that someone who asks a question does not wait behind all the batches
/// of those who feed the server, nor they behind a row of long questions.
enum class Lane : std::uint8_t { questions, rest };

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
  void post(Lane lane, std::function<void()> task);

  /// Finishes what runs, drops what waits. Not from a task.
  void stop();

 private:
  void work();
  /// With the mutex held and something waiting.
  std::function<void()> take();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::array<std::deque<std::function<void()>>, 2> waiting_;  // by lane
  std::size_t next_lane_ = 0;                                 // where both have some
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace tallystick::server
