#pragma once
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/client/configuration.hpp"

namespace tallystick::client {

/// What a profile says.
struct ProfileReading {
  Configuration configuration;                 ///< the base, with the profile's settings in it
  std::set<std::string, std::less<>> given{};  ///< the keys that the profile has
  bool holds_secret = false;
};

struct ProfileFault {
  std::string message;  ///< file, line, column, what is wrong and what would be right
  bool no_such_profile = false;
};

/// Reads `[profiles.<profile>]` of a TOML text. `file`: where the text is from, for messages and for paths in it.
[[nodiscard]] Result<ProfileReading, ProfileFault> read_profile_text(const std::string& text,
                                                                     const std::filesystem::path& file,
                                                                     std::string_view profile,
                                                                     const Configuration& base);

/// The profiles of a TOML text, by name; none where it is no TOML.
[[nodiscard]] std::vector<std::string> profile_names(const std::string& text);

}  // namespace tallystick::client
