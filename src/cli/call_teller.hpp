#pragma once
#include <atomic>
#include <chrono>
#include <stop_token>
#include <string>
#include <thread>

#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include "tallystick/client/configuration.hpp"

namespace tallystick::cli {

/// Tells a person what the client does: why it pauses, for how long still, and each request where that is wanted. Any
/// thread.
class CallTeller {
 public:
  /// Both outlive it.
  CallTeller(const Terminal& terminal, Progress& progress) : terminal_(terminal), progress_(progress) {}

  void tell_pause(const Hooks::Pause& pause);
  /// Pauses, and counts down while the rate limit is what is waited for.
  void sleep(std::chrono::milliseconds length, const std::stop_token& stop);
  /// A request and its answer in one line, without headers, bodies or credentials.
  void tell_request(const HttpRequest& request, const ApiResult<HttpResponse>& outcome,
                    std::chrono::microseconds duration);

 private:
  const Terminal& terminal_;
  Progress& progress_;
  std::atomic<std::thread::id> waits_for_window_{};  ///< at most one thread of a connection does
};

}  // namespace tallystick::cli
