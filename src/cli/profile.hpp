#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "cli/failure.hpp"
#include "cli/terminal.hpp"

namespace tallystick::cli {

/// What a profile of `config.toml` may say; all of it is optional.
///
///     [profiles.partner]
///     region = "eu_central_1"        # or base_url = "https://…"
///     client_id = "…"
///     client_secret = "…"
struct Profile {
  std::optional<std::string> base_url;
  std::optional<std::string> region;
  std::optional<std::string> client_id;
  std::optional<std::string> client_secret;
};

inline constexpr const char* default_profile_name = "default";

/// `$XDG_CONFIG_HOME/tallystick/config.toml`, or below `$HOME/.config`. Absent: neither variable is set.
[[nodiscard]] std::optional<std::filesystem::path> profile_file(const Terminal& terminal);

/// The profile `name`; without a name the one called `default`, or an empty one where there is no file or none is
/// called that. Failures (bad_input): a named one that is not there, a file that is no TOML or has unknown keys (with
/// line and column), a file with a secret in it that others can read or write (its mode must be 0600).
[[nodiscard]] Result<Profile, Failure> read_profile(const Terminal& terminal, const std::optional<std::string>& name);

}  // namespace tallystick::cli
