#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tallystick/core/result.hpp"
#include "tallystick/core/time.hpp"

/// Tables as workbooks (Office Open XML). The only file that knows the library for it is workbook.cpp.
namespace tallystick::documents {

/// A plain decimal with the digits that are to be shown, `140.00`, also with a plus sign or in per cent: `+4.2%`. It
/// becomes a number where a spreadsheet, which shows 15 significant digits, has all of it; else, as whatever is no such
/// thing, text with all its digits.
struct Figure {
  std::string text;
  friend bool operator==(const Figure&, const Figure&) = default;
};

/// Nothing, text, a number, a day, a moment in UTC, or yes and no. Days and moments before March 1900 become text,
/// since spreadsheets disagree about them.
using Cell = std::variant<std::monostate, std::string, Figure, core::Day, core::TimePoint, bool>;
using Row = std::vector<Cell>;
using AddRow = std::function<void(Row row)>;

struct SheetColumn {
  std::string title;
  int width = 0;  ///< in characters; 0: as wide as what stands in it, within reason
};

struct Sheet {
  enum class Form {
    table,   ///< a row of titles, which stays in sight and filters
    letter,  ///< no titles; the first column names what the second one has
  };
  std::string name;  ///< at most 31 characters, none of []:*?/\ in it
  std::vector<SheetColumn> columns;
  std::function<void(const AddRow& add)> rows;  ///< adds one row after the other; none is kept
  Form form = Form::table;
};

/// What a reader of the file sees beside its sheets.
struct WorkbookProperties {
  std::string title;
  std::string author;
  core::TimePoint created;  ///< what makes the same sheets the same bytes
};

/// The file. Failure: a sentence, such as that a sheet has more rows than a workbook holds.
[[nodiscard]] Result<std::string, std::string> workbook_file(const WorkbookProperties& properties,
                                                             std::span<const Sheet> sheets);

}  // namespace tallystick::documents
