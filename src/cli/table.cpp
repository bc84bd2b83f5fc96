#include "cli/table.hpp"

#include <algorithm>
#include <numeric>

#include "cli/display_width.hpp"

namespace tallystick::cli {
namespace {

constexpr std::size_t gap = 2;
constexpr std::string_view mark = "! ";

// The total of widths with the gaps between them.
std::size_t total_width(const std::vector<std::size_t>& widths) {
  if (widths.empty()) return 0;
  return std::accumulate(widths.begin(), widths.end(), std::size_t{0}) + gap * (widths.size() - 1);
}

// Takes from the widest text column, one cell at a time, until all fits or nothing more can go.
void shrink(std::vector<std::size_t>& widths, const std::vector<Column>& columns, std::size_t width) {
  std::size_t excess = total_width(widths) > width ? total_width(widths) - width : 0;
  for (; excess > 0; --excess) {
    std::size_t* widest = nullptr;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (columns[i].is_number || columns[i].is_whole || widths[i] <= Table::min_column_width) continue;
      if (widest == nullptr || widths[i] > *widest) widest = &widths[i];
    }
    if (widest == nullptr) return;
    --*widest;
  }
}

void append_cell(std::string& line, const std::string& cell, const Column& column, std::size_t width, bool is_last) {
  const std::string text = shortened(cell, width);
  const std::string padding(width - display_width(text), ' ');
  if (column.is_number) {
    line += padding + text;
  } else {
    line += is_last ? text : text + padding;
  }
  if (!is_last) line.append(gap, ' ');
}

}  // namespace

void Table::add_row(std::vector<std::string> cells, Row row) {
  cells.resize(columns_.size());
  for (std::string& cell : cells) cell = printable(cell);
  rows_.emplace_back(std::move(cells), row);
}

std::string Table::to_string(Look look) const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = display_width(columns_[i].title);
    for (const auto& [cells, row] : rows_) width = std::max(width, display_width(cells[i]));
    widths.push_back(width);
  }
  const bool any_stands_out = std::ranges::any_of(rows_, [](const auto& row) { return row.second == Row::stands_out; });
  const std::string margin(any_stands_out && !look.colours ? mark.size() : 0, ' ');
  if (look.width != 0) shrink(widths, columns_, look.width - std::min(look.width, margin.size()));

  const auto line_of = [&](const auto& cell_of) {
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      append_cell(line, cell_of(i), columns_[i], widths[i], i + 1 == columns_.size());
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
  };
  const std::string head = line_of([&](std::size_t i) { return columns_[i].title; });
  std::string text = look.colours ? "\x1b[1m" + head + "\x1b[0m\n" : margin + head + "\n";
  for (const auto& [cells, row] : rows_) {
    const std::string line = line_of([&, &shown = cells](std::size_t i) { return shown[i]; });
    if (row == Row::plain) {
      text += margin + line + "\n";
    } else {
      text += look.colours ? "\x1b[1;33m" + line + "\x1b[0m\n" : std::string(mark) + line + "\n";
    }
  }
  return text;
}

}  // namespace tallystick::cli
