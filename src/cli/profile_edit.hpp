#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tallystick::cli {

/// A key of a profile with its new value; without one it is to go.
struct ProfileSetting {
  std::string key;
  std::optional<std::string> value;
};

/// A configuration file's text with these settings in its table `[profiles.<profile>]`: what else is in it, comments
/// and order too, stays byte for byte. The table is added at the end where there is none. Absent: the text cannot be
/// cut into lines of TOML. A profile that is written in another form, as an inline table or with dotted keys, gets a
/// second definition, which makes the text invalid: read what comes out before it is believed.
[[nodiscard]] std::optional<std::string> with_profile_settings(std::string_view text, std::string_view profile,
                                                               std::span<const ProfileSetting> settings);

/// `[profiles.partner]`, quoted where the name needs it.
[[nodiscard]] std::string profile_header(std::string_view profile);

/// The text as a basic string of TOML.
[[nodiscard]] std::string toml_string(std::string_view text);

}  // namespace tallystick::cli
