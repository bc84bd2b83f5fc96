#pragma once
#include <filesystem>
#include <optional>

#include "cli/terminal.hpp"

namespace tallystick::cli {

/// Where commands keep what an interrupted run has done: `$XDG_STATE_HOME/tallystick`, or below `$HOME/.local/state`.
/// Absent: neither variable is set.
[[nodiscard]] std::optional<std::filesystem::path> state_folder(const Terminal& terminal);

}  // namespace tallystick::cli
