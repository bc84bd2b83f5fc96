#pragma once
#include <span>
#include <string_view>

/// What the manual says beyond help: what all commands share.
namespace tallystick::cli {

/// A thing and what is said of it.
struct ManualEntry {
  std::string_view name;
  std::string_view words;
};

/// Exit codes of the commands that ask a service, their environment and their files.
[[nodiscard]] std::span<const ManualEntry> client_exit_codes();
[[nodiscard]] std::span<const ManualEntry> client_environment();
[[nodiscard]] std::span<const ManualEntry> client_files();

/// Paragraphs of the program's own page, and its examples.
[[nodiscard]] std::span<const std::string_view> program_paragraphs();
[[nodiscard]] std::span<const std::string_view> program_examples();

}  // namespace tallystick::cli
