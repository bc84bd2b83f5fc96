#pragma once
#include <array>
#include <csignal>

namespace tallystick::cli {

/// Watches SIGINT and SIGTERM while it lives. The first one only sets a flag; a second one ends the process as usual.
/// One at a time.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  /// Any thread.
  [[nodiscard]] static bool happened();

 private:
  std::array<struct sigaction, 2> before_{};
};

}  // namespace tallystick::cli
