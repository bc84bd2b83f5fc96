#include "cli/event_input.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace tallystick::cli {

EventInput::EventInput(std::unique_ptr<std::ifstream> file, std::istream& stream)
    : file_(std::move(file)), bytes_(stream), peeked_(bytes_) {}

Result<std::unique_ptr<EventInput>, Failure> EventInput::open(const std::string& file, const Terminal& terminal) {
  const auto bad_input = [&](const std::string& message) {
    return Failure{ExitCode::bad_input, file + ": " + message};
  };
  std::unique_ptr<EventInput> input;
  if (file == standard_input_name) {
    input.reset(new EventInput(nullptr, terminal.in));  // NOLINT: the constructor is private
  } else {
    std::error_code error;
    if (std::filesystem::is_directory(file, error)) return fail(bad_input("is a folder, not a file"));
    auto stream = std::make_unique<std::ifstream>(file, std::ios::binary);
    if (!*stream) return fail(bad_input("cannot be opened: " + std::generic_category().message(errno)));
    std::istream& bytes = *stream;
    input.reset(new EventInput(std::move(stream), bytes));  // NOLINT: the constructor is private
    if (std::filesystem::is_regular_file(file, error)) input->bytes_total_ = std::filesystem::file_size(file, error);
  }
  auto format = event_format_of_name(file);
  if (!format) {
    const auto beginning = input->peeked_.peek();
    if (!beginning) return fail(bad_input(beginning.error()));
    format = event_format_of_beginning(*beginning);
  }
  input->reader_ = make_event_reader(*format, input->peeked_);
  return input;
}

}  // namespace tallystick::cli
