#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "tallystick/client/configuration.hpp"

/// What a profile of a configuration file may say: the one table of its keys.
namespace tallystick::client {

using ProfileValue = std::variant<std::string, std::int64_t, bool, Headers>;

struct ProfileKey {
  std::string_view name;
  std::string_view type;  ///< for people: `a string`, `a duration such as "30s"`, …
  bool is_secret = false;
  /// Puts the value into a configuration; `folder`: where paths begin that are not absolute. Absent: it is in. Else
  /// what is wrong with it, to be read after the key's name; empty where it is of another type than `type`.
  std::optional<std::string> (*set)(Configuration& configuration, const ProfileValue& value,
                                    const std::filesystem::path& folder);
};

[[nodiscard]] std::span<const ProfileKey> profile_keys();

/// What to say after `no region is called "…"`: the name that was probably meant, or how regions are called.
[[nodiscard]] std::string region_hint(std::string_view region);

}  // namespace tallystick::client
