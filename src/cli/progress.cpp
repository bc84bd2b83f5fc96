#include "cli/progress.hpp"

#include <algorithm>

#include "cli/display_width.hpp"
#include "cli/number_text.hpp"

namespace tallystick::cli {
namespace {

constexpr std::size_t bar_cells = 24;
constexpr std::chrono::milliseconds rate_known_after{500};

std::string bar(std::uint64_t done, std::uint64_t total) {
  const auto filled = static_cast<std::size_t>(total == 0 ? bar_cells : std::min(done, total) * bar_cells / total);
  return "[" + std::string(filled, '#') + std::string(bar_cells - filled, '.') + "]";
}

std::string percent(std::uint64_t done, std::uint64_t total) {
  const std::string number = std::to_string(total == 0 ? 100 : std::min(done, total) * 100 / total);
  return std::string(3 - std::min<std::size_t>(3, number.size()), ' ') + number + "%";
}

}  // namespace

std::string transfer_line(const std::string& name, const TransferState& state, std::chrono::milliseconds elapsed,
                          std::size_t columns) {
  std::string line = printable(name);
  const auto add = [&](const std::string& part) {
    if (display_width(line) + 2 + part.size() <= columns) line += "  " + part;
  };
  if (state.bytes_total) add(bar(state.bytes, *state.bytes_total) + " " + percent(state.bytes, *state.bytes_total));
  add(count_of(state.events, "event"));
  if (elapsed >= rate_known_after) add(with_thousands_separators(per_second(state.events, elapsed)) + "/s");
  if (!state.bytes_total) add(bytes_text(state.bytes));
  const bool is_under_way = state.bytes > state.bytes_skipped && elapsed >= rate_known_after;
  if (is_under_way && state.bytes_total && state.bytes <= *state.bytes_total) {
    const auto bytes_a_second = std::max<std::uint64_t>(1, per_second(state.bytes - state.bytes_skipped, elapsed));
    const std::chrono::seconds left((*state.bytes_total - state.bytes) / bytes_a_second);
    add((left < std::chrono::minutes{1} ? std::to_string(left.count()) + " s" : duration_text(left)) + " left");
  }
  return shortened(line, std::max<std::size_t>(1, columns));
}

std::string count_line(const std::string& name, std::uint64_t done, std::uint64_t total) {
  return name + "  " + bar(done, total) + " " + percent(done, total) + "  " + with_thousands_separators(done) + " of " +
         with_thousands_separators(total);
}

Progress::Progress(const Terminal& terminal, bool live)
    : terminal_(terminal), live_(live && terminal.err_is_terminal) {}

Progress::~Progress() {
  clear();
}

void Progress::erase_line() {
  if (!line_.empty()) terminal_.err << "\r\x1b[K";
}

void Progress::tell(const std::string& message) {
  const std::lock_guard lock(mutex_);
  erase_line();
  terminal_.err << message << "\n" << line_ << std::flush;
}

bool Progress::is_due() const {
  const std::lock_guard lock(mutex_);
  return live_ && (!drawn_at_ || terminal_.monotonic_now() - *drawn_at_ >= redraw_interval);
}

void Progress::show(const std::string& line) {
  if (!is_due()) return;
  const std::lock_guard lock(mutex_);
  erase_line();
  line_ = shortened(line, static_cast<std::size_t>(std::max(2, terminal_.columns) - 1));
  drawn_at_ = terminal_.monotonic_now();
  terminal_.err << line_ << std::flush;
}

void Progress::clear() {
  const std::lock_guard lock(mutex_);
  erase_line();
  line_.clear();
  drawn_at_.reset();
  terminal_.err << std::flush;
}

}  // namespace tallystick::cli
