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

constexpr std::array<std::pair<std::string_view, Format>, 3> formats{
    {{"table", Format::table}, {"json", Format::json}, {"csv", Format::csv}}};
constexpr std::array<std::pair<std::string_view, Format>, 3> endings{
    {{".txt", Format::table}, {".json", Format::json}, {".csv", Format::csv}}};

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

Result<Output, Failure> choose_output(const std::optional<std::string>& format, const std::optional<std::string>& file,
                                      const Terminal& terminal) {
  Output output;
  if (file && *file != "-") output.file = file;
  const bool is_terminal = !output.file && terminal.out_is_terminal;
  if (is_terminal) {
    output.format = Format::table;
    output.width = static_cast<std::size_t>(std::max(1, terminal.columns));
    output.colours = terminal.colours;
  }
  if (output.file) {
    for (const auto& [ending, value] : endings) {
      if (output.file->ends_with(ending)) output.format = value;
    }
  }
  if (!format) {
    if (output.file && output.file->ends_with(".xlsx")) {
      return fail(Failure{ExitCode::bad_input, *output.file + ": workbooks are not written; use .csv or .json"});
    }
    return output;
  }
  for (const auto& [name, value] : formats) {
    if (name == *format) {
      output.format = value;
      return output;
    }
  }
  return fail(Failure{ExitCode::bad_input, "--format " + *format + ": choose table, json or csv"});
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

Status<Failure> write_output(const Output& output, const Terminal& terminal, const std::string& text) {
  if (!output.file) {
    terminal.out << text << std::flush;
    if (terminal.out) return {};
    return fail(Failure{ExitCode::failed, "standard output cannot be written"});
  }
  struct stat status {};
  const bool exists = ::stat(output.file->c_str(), &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) {
    // A pipe or a device is written to, not replaced.
    std::ofstream stream(*output.file, std::ios::binary);
    stream << text << std::flush;
    if (stream) return {};
    return fail(cannot_write(*output.file, errno));
  }
  std::error_code ignored;
  const auto target = exists ? std::filesystem::canonical(*output.file, ignored) : std::filesystem::path(*output.file);
  return replace_file(target.empty() ? *output.file : target.string(), text,
                      exists ? status.st_mode & 0777U : mode_of_new_file());
}

}  // namespace tallystick::cli
