#pragma once
#include <chrono>
#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <thread>

#include "tallystick/core/time.hpp"

namespace tallystick::cli {

/// What a command touches of the process, so that a test can stand in for it.
struct Terminal {
  std::ostream& out;  ///< answers
  std::ostream& err;  ///< messages and progress
  std::istream& in;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int columns = 80;
  bool colours = false;  ///< of `out`: a terminal, and NO_COLOR is not set
  std::function<std::optional<std::string>(const std::string& name)> environment = {};

  /// Waits, between two questions to the server.
  std::function<void(std::chrono::milliseconds)> pause = [](std::chrono::milliseconds length) {
    std::this_thread::sleep_for(length);
  };
  /// What is written down as a time.
  std::function<core::TimePoint()> now = [] {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  };
  /// For rates and time left; never goes back.
  std::function<std::chrono::steady_clock::time_point()> monotonic_now = [] {
    return std::chrono::steady_clock::now();
  };
  /// Whether the user asked to stop; any thread. Empty: `ingest` watches SIGINT and SIGTERM itself while it runs.
  std::function<bool()> interrupted = {};

  /// An environment variable that is set and not empty.
  [[nodiscard]] std::optional<std::string> variable(const std::string& name) const {
    auto value = environment ? environment(name) : std::nullopt;
    return value && value->empty() ? std::nullopt : value;
  }
};

}  // namespace tallystick::cli
