#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cli/plot_axis.hpp"
#include "tallystick/wire/concurrent_usage_report.hpp"

namespace tallystick::cli {

struct TerminalPlotLook {
  std::size_t width = 80;   ///< cells that the plot may take, its axes and labels included
  bool colours = false;     ///< the peak in bold yellow
  bool separators = false;  ///< commas between thousands
};

/// Hourly maxima as columns of block characters over axes, with the peak as a dotted line and a label beside it where
/// it is not 0; lines with their ends. A row's label is the count at its upper edge, and an eighth of a
/// row shows once a count begins it. Empty for no hours.
[[nodiscard]] std::string terminal_plot(std::span<const wire::ConcurrentUsageHour> hours, std::int64_t peak,
                                        TerminalPlotLook look);

/// The hours of each column, of `columns_max` at most. Fewer hours than that: each takes the same number of columns.
/// More: each hour is in one column, and the columns' numbers of hours differ by one at most.
[[nodiscard]] std::vector<HourSpan> plot_columns(std::size_t hours, std::size_t columns_max);

}  // namespace tallystick::cli
