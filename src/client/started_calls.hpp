#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>

namespace tallystick::client {

/// Does work on threads of its own. Threads are made when they are needed and stay; what finds none free waits its
/// turn. Any thread, those of its own among them.
class StartedCalls {
 public:
  /// Called once, on one of the threads, and destroyed there. `stop`: whether to give up. Work that is cancelled while
  /// it waits is called at once, with a stop that is requested already. It must not throw.
  using Work = std::function<void(std::stop_token stop)>;

  StartedCalls();
  StartedCalls(const StartedCalls&) = delete;
  StartedCalls& operator=(const StartedCalls&) = delete;
  /// Cancels everything and waits until each work has been called and has returned; the one by which it is destroyed,
  /// if it is destroyed by one, excepted.
  ~StartedCalls();

  /// `stop`: cancels this work. `at_once_max`: how many may be at it at a time, at least 1; the latest word counts.
  /// Where the system gives no thread at all, the work is done before this returns.
  void start(Work work, const std::stop_token& stop, std::size_t at_once_max);

 private:
  class Threads;
  std::shared_ptr<Threads> threads_;  ///< also of each thread: one may outlive this object by its last steps
};

}  // namespace tallystick::client
