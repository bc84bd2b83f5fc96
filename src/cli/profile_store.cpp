#include "cli/profile_store.hpp"

#include <fstream>
#include <sstream>
#include <system_error>

#include "cli/output.hpp"
#include "cli/profile.hpp"
#include "client/profile_text.hpp"

namespace tallystick::cli {
namespace {

namespace fs = std::filesystem;

constexpr unsigned private_mode = 0600;

Failure bad_input(std::string message) {
  return {ExitCode::bad_input, std::move(message)};
}

}  // namespace

Result<PlannedProfile, Failure> plan_profile(const Terminal& terminal, const std::string& profile,
                                             std::span<const ProfileSetting> settings) {
  const auto file = profile_file(terminal);
  if (!file) return fail(bad_input("there is no place for a profile: set XDG_CONFIG_HOME or HOME"));
  std::stringstream text;
  std::error_code error;
  if (fs::exists(*file, error)) {
    std::ifstream stream(*file, std::ios::binary);
    text << stream.rdbuf();
    if (!stream) return fail(bad_input(file->string() + ": cannot be read"));
  }
  auto edited = with_profile_settings(text.str(), profile, settings);
  const auto reading = client::read_profile_text(edited.value_or(text.str()), *file, profile, Configuration{});
  bool is_as_wanted = edited && reading;
  for (const ProfileSetting& setting : settings) {
    is_as_wanted = is_as_wanted && reading->given.contains(setting.key) == setting.value.has_value();
  }
  if (is_as_wanted) return PlannedProfile{*file, *std::move(edited)};
  return fail(bad_input(file->string() + ": the profile cannot be put into it" +
                        (reading ? std::string() : " (" + reading.error().message + ")") + "; write it as a table " +
                        profile_header(profile) + ", with a key on each line"));
}

Status<Failure> write_profile(const PlannedProfile& planned) {
  std::error_code error;
  const bool is_new = fs::create_directories(planned.file.parent_path(), error);
  if (is_new) fs::permissions(planned.file.parent_path(), fs::perms::owner_all, error);
  // Where the file is a link, what it leads to is replaced.
  const fs::path real = fs::canonical(planned.file, error);
  return replace_file(error ? planned.file.string() : real.string(), planned.text, private_mode);
}

}  // namespace tallystick::cli
