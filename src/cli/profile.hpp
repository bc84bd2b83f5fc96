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

/// Where a setting came from that a profile has: `profile partner`.
[[nodiscard]] std::string words_of_profile(const std::optional<std::string>& name);

enum class MissingProfile { is_failure, is_empty };

/// What the profile `name` says (ConfigurationFile has the keys); without a name the one called `default`, or nothing
/// where there is no file or none is called that. Failures (bad_input): a named one that is not there, unless `missing`
/// says otherwise; else what ConfigurationFile::open refuses.
[[nodiscard]] Result<client::ProfileReading, Failure> read_profile(const Terminal& terminal,
                                                                   const std::optional<std::string>& name,
                                                                   MissingProfile missing = MissingProfile::is_failure);

}  // namespace tallystick::cli
