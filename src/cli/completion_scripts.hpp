#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "cli/completions.hpp"

namespace tallystick::cli {

/// The hidden command that the scripts call: `tallystick __complete line WORD…`, where `line` keeps the parser away
/// from the words.
inline constexpr const char* complete_command = "__complete";

/// What a shell has to read so that it completes the command lines of tallystick; it asks the program itself. Absent:
/// no such shell.
[[nodiscard]] std::optional<std::string> completion_script(std::string_view shell);

/// What the scripts read: the kind, then a line for each word, with its description behind a tab.
[[nodiscard]] std::string completion_lines(const Completions& completions);

}  // namespace tallystick::cli
