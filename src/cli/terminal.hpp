#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <istream>
#include <mutex>
#include <optional>
#include <ostream>
#include <stop_token>
#include <string>

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
  int rows = 24;
  bool colours = false;  ///< of `out`: a terminal, and NO_COLOR is not set
  std::function<std::optional<std::string>(const std::string& name)> environment = {};

  /// Waits, between two questions to the server; ends at once when it is asked to stop.
  std::function<void(std::chrono::milliseconds, const std::stop_token&)> pause = [](std::chrono::milliseconds length,
                                                                                    const std::stop_token& told) {
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait_for(lock, told, length, [] { return false; });
  };
  /// What is written down as a time.
  std::function<core::TimePoint()> now = [] {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  };
  /// For rates and time left; never goes back.
  std::function<std::chrono::steady_clock::time_point()> monotonic_now = [] {
    return std::chrono::steady_clock::now();
  };
  /// Asked to stop by whoever runs the command. Where that is not possible, commands that end in good order watch
  /// SIGINT and SIGTERM themselves (cli/interruption.hpp).
  std::stop_token stop = {};

  /// A line that is typed and not shown; absent: the person gave up. Empty: input is no terminal.
  std::function<std::optional<std::string>()> read_secret = {};
  /// Shows an address in a browser; whether one was started. Empty: the person's own browser.
  std::function<bool(const std::string& address)> open_browser = {};

  /// An environment variable that is set and not empty.
  [[nodiscard]] std::optional<std::string> variable(const std::string& name) const {
    auto value = environment ? environment(name) : std::nullopt;
    return value && value->empty() ? std::nullopt : value;
  }
};

}  // namespace tallystick::cli
