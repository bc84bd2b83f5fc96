#pragma once
#include <filesystem>
#include <span>
#include <string>

#include "cli/failure.hpp"
#include "cli/profile_edit.hpp"
#include "cli/terminal.hpp"

namespace tallystick::cli {

/// The configuration file as it is to be.
struct PlannedProfile {
  std::filesystem::path file;
  std::string text;
};

/// The configuration file with these settings in the profile, not written yet. Failures (bad_input): neither
/// XDG_CONFIG_HOME nor HOME is set, the file cannot be read or is not right, the profile is written in a form that is
/// not edited.
[[nodiscard]] Result<PlannedProfile, Failure> plan_profile(const Terminal& terminal, const std::string& profile,
                                                           std::span<const ProfileSetting> settings);

/// Replaces the file in one step, readable for its owner alone (0600); makes its folder where there is none.
[[nodiscard]] Status<Failure> write_profile(const PlannedProfile& planned);

}  // namespace tallystick::cli
