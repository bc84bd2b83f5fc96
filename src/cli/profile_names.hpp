#pragma once
#include <string>
#include <vector>

#include "cli/terminal.hpp"

namespace tallystick::cli {

/// The profiles of the user's `config.toml`, by name; none where there is no such file or it cannot be read.
[[nodiscard]] std::vector<std::string> profile_names(const Terminal& terminal);

}  // namespace tallystick::cli
