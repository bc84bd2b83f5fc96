#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cli/failure.hpp"
#include "cli/terminal.hpp"
#include "tallystick/core/time.hpp"

namespace tallystick::cli {

enum class Format { table, json, csv, xlsx, svg };

/// Which formats a command writes.
enum class FormatChoice {
  tables,               ///< table, json, csv, xlsx
  tables_and_drawings,  ///< svg too
};

/// The formats by name, and as words of a sentence: `table, json, csv or xlsx`.
[[nodiscard]] std::vector<std::string> format_choices(FormatChoice choice);
[[nodiscard]] std::string format_names(FormatChoice choice);

/// `--format` where it is given; else what the name of `--output` ends with (.json, .csv, .txt, .xlsx, .svg); else a
/// table on a terminal and JSON everywhere else.
struct Output {
  Format format = Format::json;
  std::optional<std::string> file;  ///< absent: standard output
  std::size_t width = 0;            ///< cells of the terminal that shows it; 0: it is not a terminal
  bool colours = false;
  core::TimePoint written_at;  ///< what a file of its own kind says of when it was made

  [[nodiscard]] bool is_terminal() const { return width != 0; }
};

/// Failure bad_input: a format that this version does not write, or not for this command, or a workbook for a terminal.
[[nodiscard]] Result<Output, Failure> choose_output(const std::optional<std::string>& format,
                                                    const std::optional<std::string>& file, const Terminal& terminal,
                                                    FormatChoice choice = FormatChoice::tables);

/// Writes the whole of an answer. A file is written beside its place and then renamed, so that nobody sees a half of
/// it; what it replaces lends it its mode. Failure: that of `text`; what could not be written, and why.
[[nodiscard]] Status<Failure> write_output(const Output& output, const Terminal& terminal,
                                           const Result<std::string, Failure>& text);

/// Replaces a file in one step, with this mode.
[[nodiscard]] Status<Failure> replace_file(const std::string& file, const std::string& text, unsigned mode);

}  // namespace tallystick::cli
