#include "cli/terminal_plot.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "cli/display_width.hpp"
#include "cli/number_text.hpp"

namespace tallystick::cli {
namespace {

constexpr std::array<std::string_view, 9> blocks{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::int64_t eighths_a_row = 8;
constexpr std::int64_t rows_max = 10;
constexpr std::int64_t rows_a_step_max = 4;
// A narrower terminal gets a plot that is too wide rather than one that shows nothing.
constexpr std::size_t columns_min = 10;
constexpr std::string_view zone = " UTC";

class TerminalPlot {
 public:
  TerminalPlot(std::span<const wire::ConcurrentUsageHour> hours, std::int64_t peak, TerminalPlotLook look)
      : hours_(hours),
        peak_(peak),
        look_(look),
        axis_(count_axis(hours, peak)),
        rows_a_step_(std::clamp<std::int64_t>(rows_max / axis_.steps, 1, rows_a_step_max)),
        label_width_(number(axis_.top()).size()) {
    if (peak_ > 0) peak_label_ = "┄ peak " + number(peak_);
    const std::size_t taken = label_width_ + 2 + std::max(display_width(peak_label_), zone.size());
    columns_ = plot_columns(hours.size(), std::max(columns_min, look.width - std::min(look.width, taken)));
    for (const HourSpan& span : columns_) {
      heights_.push_back(height_of(most_in(hours, span)));
    }
  }

  [[nodiscard]] std::string to_string() const {
    std::string text;
    for (std::int64_t row = axis_.steps * rows_a_step_ - 1; row >= 0; --row) text += row_text(row) + "\n";
    return text + time_axis();
  }

 private:
  [[nodiscard]] std::string number(std::int64_t count) const {
    const std::string digits = std::to_string(count);
    return look_.separators ? with_thousands_separators(digits) : digits;
  }

  /// In eighths of a row, rounded up, so that what is above the peak shows above it.
  [[nodiscard]] std::int64_t height_of(std::int64_t count) const {
    const std::int64_t eighths = axis_.steps * rows_a_step_ * eighths_a_row;
    return (plotted_count(count) * eighths + axis_.top() - 1) / axis_.top();
  }

  [[nodiscard]] std::string gutter(const std::string& label, std::string_view tick) const {
    return (std::string(label_width_ - label.size(), ' ') + label + " ").append(tick);
  }

  [[nodiscard]] std::string coloured(std::string_view text) const {
    return look_.colours ? ("\x1b[1;33m" + std::string(text)).append("\x1b[0m") : std::string(text);
  }

  [[nodiscard]] std::string row_text(std::int64_t row) const {
    const bool is_step = (row + 1) % rows_a_step_ == 0;
    const bool is_peak = peak_ > 0 && (height_of(peak_) - 1) / eighths_a_row == row;
    std::string line;
    std::string dots;
    for (const std::int64_t height : heights_) {
      const auto filled =
          static_cast<std::size_t>(std::clamp<std::int64_t>(height - row * eighths_a_row, 0, eighths_a_row));
      if (is_peak && filled == 0) {
        dots += "┄";
        continue;
      }
      if (!dots.empty()) line += coloured(dots);
      dots.clear();
      line += blocks.at(filled);
    }
    if (is_peak) {
      line += coloured(dots + peak_label_);
    } else {
      line.erase(line.find_last_not_of(' ') + 1);
    }
    return gutter(is_step ? number((row + 1) / rows_a_step_ * axis_.step) : "", is_step ? "┤" : "│") + line;
  }

  /// The line under the columns and the labels under it.
  [[nodiscard]] std::string time_axis() const {
    const std::size_t gap = 2;
    const std::size_t hours_apart =
        ((time_label_width_max + gap) * hours_.size() + columns_.size() - 1) / columns_.size();
    const std::vector<TimeTick> ticks = time_ticks(hours_, hours_apart);
    std::string line;
    std::string labels;
    auto tick = ticks.begin();
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      if (tick == ticks.end() || tick->hour >= columns_[column].end) {
        line += "─";
        continue;
      }
      line += "┬";
      if (column + tick->label.size() <= columns_.size()) {
        labels.resize(column, ' ');
        labels += tick->label;
      }
      while (tick != ticks.end() && tick->hour < columns_[column].end) ++tick;
    }
    labels.resize(columns_.size(), ' ');
    return gutter("0", "┼") + line + "\n" + gutter("", " ") + labels.append(zone) + "\n";
  }

  std::span<const wire::ConcurrentUsageHour> hours_;
  std::int64_t peak_;
  TerminalPlotLook look_;
  CountAxis axis_;
  std::int64_t rows_a_step_;
  std::size_t label_width_;
  std::string peak_label_;
  std::vector<HourSpan> columns_;
  std::vector<std::int64_t> heights_;
};

}  // namespace

std::vector<HourSpan> plot_columns(std::size_t hours, std::size_t columns_max) {
  std::vector<HourSpan> columns;
  if (hours == 0) return columns;
  if (hours < columns_max) {
    const std::size_t each = columns_max / hours;
    for (std::size_t i = 0; i < hours * each; ++i) columns.push_back({i / each, i / each + 1});
    return columns;
  }
  for (std::size_t i = 0; i < columns_max; ++i) {
    columns.push_back({i * hours / columns_max, (i + 1) * hours / columns_max});
  }
  return columns;
}

std::string terminal_plot(std::span<const wire::ConcurrentUsageHour> hours, std::int64_t peak, TerminalPlotLook look) {
  return hours.empty() ? std::string() : TerminalPlot(hours, peak, look).to_string();
}

}  // namespace tallystick::cli
