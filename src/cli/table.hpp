#pragma once
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace tallystick::cli {

struct Column {
  std::string title;
  bool is_number = false;  ///< stands right-aligned, and is never shortened
  bool is_whole = false;   ///< text that is never shortened: ids to copy, dates
};

/// Rows in aligned columns for a terminal.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  enum class Row { plain, stands_out };
  /// One cell for each column; missing ones are empty. Cells are made printable: what a server sends cannot steer the
  /// terminal.
  void add_row(std::vector<std::string> cells, Row row = Row::plain);

  struct Look {
    std::size_t width = 0;  ///< cells of the terminal; 0: as wide as the content
    bool colours = false;   ///< a bold head, and rows that stand out in bold yellow; without, `!` before them
  };
  /// The head and the rows, each with a line end. Where they are too wide, the widest text columns are shortened with
  /// `…`, to no less than min_column_width.
  [[nodiscard]] std::string to_string(Look look) const;

  static constexpr std::size_t min_column_width = 8;

 private:
  std::vector<Column> columns_;
  std::vector<std::pair<std::vector<std::string>, Row>> rows_;
};

}  // namespace tallystick::cli
