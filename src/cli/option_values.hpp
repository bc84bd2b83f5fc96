#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal.hpp"

namespace tallystick::cli {

/// The values from which an option, `--format`, or an argument, `SHELL`, of a command is chosen; empty where anything
/// may be written. `terminal` says where the user's profiles are.
[[nodiscard]] std::vector<std::string> values_of_option(std::string_view command, std::string_view option,
                                                        const Terminal& terminal);

/// The shells that `completion` knows.
[[nodiscard]] const std::vector<std::string>& shell_names();

}  // namespace tallystick::cli
