#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "cli/failure.hpp"
#include "cli/terminal.hpp"
#include "client/profile_text.hpp"

namespace tallystick::cli {

inline constexpr const char* default_profile_name = "default";

/// `$XDG_CONFIG_HOME/tallystick/config.toml`, or below `$HOME/.config`. Absent: neither variable is set.
[[nodiscard]] std::optional<std::filesystem::path> profile_file(const Terminal& terminal);

/// What the profile `name` says (ConfigurationFile has the keys); without a name the one called `default`, or nothing
/// where there is no file or none is called that. Failures (bad_input): a named one that is not there, else what
/// ConfigurationFile::open refuses.
[[nodiscard]] Result<client::ProfileReading, Failure> read_profile(const Terminal& terminal,
                                                                   const std::optional<std::string>& name);

}  // namespace tallystick::cli
