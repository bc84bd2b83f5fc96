#pragma once
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "cli/terminal.hpp"

namespace tallystick::cli {

/// How far a transfer is.
struct TransferState {
  std::uint64_t events = 0;                  ///< that the server has acknowledged
  std::uint64_t bytes = 0;                   ///< of the input that were read
  std::optional<std::uint64_t> bytes_total;  ///< absent: the input has no known size
  std::uint64_t bytes_skipped = 0;           ///< of `bytes`, those that an earlier run had sent: they took no time
};

/// One line for a terminal of `columns` cells: bar, part, events, rate, time left, as far as they fit and are known.
[[nodiscard]] std::string transfer_line(const std::string& name, const TransferState& state,
                                        std::chrono::milliseconds elapsed, std::size_t columns);

/// `Overviews  [######..................]  25%  5 of 20`: how many of several things are done.
[[nodiscard]] std::string count_line(const std::string& name, std::uint64_t done, std::uint64_t total);

/// Standard error of a command: messages, and on a terminal one live line under them. Any thread.
class Progress {
 public:
  /// `live`: whether the live line is shown where standard error is a terminal (not with --no-progress).
  Progress(const Terminal& terminal, bool live);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// A message of one or more lines, without a line end; the live line stays below it.
  void tell(const std::string& message);
  /// Replaces the live line; at most every redraw_interval, so that it may be called as often as one likes.
  void show(const std::string& line);
  /// Whether `show` would show anything now.
  [[nodiscard]] bool is_due() const;
  /// Removes the live line.
  void clear();

  static constexpr std::chrono::milliseconds redraw_interval{100};

 private:
  void erase_line();

  const Terminal& terminal_;
  const bool live_;
  mutable std::mutex mutex_;
  std::string line_;
  std::optional<std::chrono::steady_clock::time_point> drawn_at_;
};

}  // namespace tallystick::cli
