#include "cli/output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

namespace tallystick::cli {
namespace {

struct FormatRow {
  Format format;
  std::string_view name;
  std::string_view ending;  // of a file
};

constexpr std::array<FormatRow, 5> formats{{{Format::table, "table", ".txt"},
                                            {Format::json, "json", ".json"},
                                            {Format::csv, "csv", ".csv"},
                                            {Format::xlsx, "xlsx", ".xlsx"},
                                            {Format::svg, "svg", ".svg"}}};

bool is_chosen_from(FormatChoice choice, Format format) {
  return choice == FormatChoice::tables_and_drawings || format != Format::svg;
}

// `written`: the option or the file that asks for it.
Failure cannot_draw(const std::string& written) {
  return {ExitCode::bad_input,
          written + ": only report --concurrent draws; choose " + format_names(FormatChoice::tables)};
}

Failure cannot_write(const std::string& file, int error) {
  return {ExitCode::failed, file + ": cannot be written: " + std::generic_category().message(error)};
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t bytes = ::write(descriptor, text.data(), text.size());
    if (bytes < 0 && errno == EINTR) continue;
    if (bytes <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(bytes));
  }
  return true;
}

unsigned mode_of_new_file() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666U & ~static_cast<unsigned>(mask);
}

}  // namespace

std::vector<std::string> format_choices(FormatChoice choice) {
  std::vector<std::string> names;
  for (const FormatRow& row : formats) {
    if (is_chosen_from(choice, row.format)) names.emplace_back(row.name);
  }
  return names;
}

std::string format_names(FormatChoice choice) {
  const std::vector<std::string> names = format_choices(choice);
  std::string words = names.front();
  for (std::size_t i = 1; i < names.size(); ++i) words += (i + 1 == names.size() ? " or " : ", ") + names[i];
  return words;
}

Result<Output, Failure> choose_output(const std::optional<std::string>& format, const std::optional<std::string>& file,
                                      const Terminal& terminal, FormatChoice choice) {
  Output output;
  output.written_at = terminal.now();
  if (file && *file != "-") output.file = file;
  const bool is_terminal = !output.file && terminal.out_is_terminal;
  if (is_terminal) {
    output.format = Format::table;
    output.width = static_cast<std::size_t>(std::max(1, terminal.columns));
    output.colours = terminal.colours;
  }
  if (output.file) {
    for (const FormatRow& row : formats) {
      if (output.file->ends_with(row.ending)) output.format = row.format;
    }
  }
  if (format) {
    const FormatRow* chosen = std::ranges::find(formats, *format, &FormatRow::name);
    if (chosen == formats.end()) {
      return fail(Failure{ExitCode::bad_input, "--format " + *format + ": choose " + format_names(choice)});
    }
    output.format = chosen->format;
  }
  const std::string written = format ? "--format " + *format : output.file.value_or("");
  if (!is_chosen_from(choice, output.format)) return fail(cannot_draw(written));
  if (is_terminal && output.format == Format::xlsx) {
    return fail(Failure{ExitCode::bad_input, written +
                                                 ": a terminal cannot show a workbook; name a file with --output, "
                                                 "such as --output answer.xlsx"});
  }
  return output;
}

Status<Failure> replace_file(const std::string& file, const std::string& text, unsigned mode) {
  std::string temporary = file + ".XXXXXX";
  const int descriptor = ::mkstemp(temporary.data());
  if (descriptor < 0) return fail(cannot_write(file, errno));
  const bool written =
      write_all(descriptor, text) && ::fchmod(descriptor, static_cast<mode_t>(mode)) == 0 && ::fsync(descriptor) == 0;
  int error = written ? 0 : errno;
  if (::close(descriptor) != 0 && error == 0) error = errno;
  if (error == 0 && ::rename(temporary.c_str(), file.c_str()) != 0) error = errno;
  if (error == 0) return {};
  ::unlink(temporary.c_str());
  return fail(cannot_write(file, error));
}

Status<Failure> write_output(const Output& output, const Terminal& terminal, const Result<std::string, Failure>& text) {
  if (!text) return fail(text.error());
  if (!output.file) {
    terminal.out << *text << std::flush;
    if (terminal.out) return {};
    return fail(Failure{ExitCode::failed, "standard output cannot be written"});
  }
  struct stat status {};
  const bool exists = ::stat(output.file->c_str(), &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) {
    // A pipe or a device is written to, not replaced.
    std::ofstream stream(*output.file, std::ios::binary);
    stream << *text << std::flush;
    if (stream) return {};
    return fail(cannot_write(*output.file, errno));
  }
  std::error_code ignored;
  const auto target = exists ? std::filesystem::canonical(*output.file, ignored) : std::filesystem::path(*output.file);
  return replace_file(target.empty() ? *output.file : target.string(), *text,
                      exists ? status.st_mode & 0777U : mode_of_new_file());
}

}  // namespace tallystick::cli
