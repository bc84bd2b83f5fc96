#pragma once
#include <array>
#include <csignal>
#include <stop_token>
#include <thread>

#include "cli/terminal.hpp"

namespace tallystick::cli {

/// The user's wish to stop, while a command lives that ends in good order. It watches SIGINT and SIGTERM, unless the
/// terminal has a wish of its own: the first one only asks to stop; a second one ends the process as usual. One at a
/// time.
class Interruption {
 public:
  explicit Interruption(const Terminal& terminal);
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  /// Asked to stop by the first signal, at once. Callbacks run on a thread of its own.
  [[nodiscard]] std::stop_token token() const { return token_; }

 private:
  void watch();

  std::stop_source stop_;
  std::stop_token token_;
  std::array<int, 2> pipe_{-1, -1};
  std::array<struct sigaction, 2> before_{};
  std::thread watcher_;
};

}  // namespace tallystick::cli
