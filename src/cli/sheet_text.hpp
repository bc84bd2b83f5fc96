#pragma once
#include <span>
#include <string>

#include "cli/failure.hpp"
#include "cli/output.hpp"
#include "documents/workbook.hpp"

/// Tables for other programs.
namespace tallystick::cli {

using documents::Cell;
using documents::Figure;
using documents::Sheet;

/// Comma-separated values: the titles, then a record for each row. Days and moments as answers have them, yes and no as
/// `true` and `false`.
[[nodiscard]] std::string csv_text(const Sheet& sheet);

/// A workbook with these sheets. Failure: what a workbook cannot hold, and what to choose instead.
[[nodiscard]] Result<std::string, Failure> workbook_text(const std::string& title, std::span<const Sheet> sheets,
                                                         const Output& output);

}  // namespace tallystick::cli
