#include "cli/profile.hpp"

#include <system_error>
#include <utility>

#include "client/watched_profile.hpp"

namespace tallystick::cli {

std::optional<std::filesystem::path> profile_file(const Terminal& terminal) {
  if (const auto home = terminal.variable("XDG_CONFIG_HOME")) {
    return std::filesystem::path(*home) / "tallystick" / "config.toml";
  }
  if (const auto home = terminal.variable("HOME")) {
    return std::filesystem::path(*home) / ".config" / "tallystick" / "config.toml";
  }
  return std::nullopt;
}

std::string words_of_profile(const std::optional<std::string>& name) {
  return "profile " + name.value_or(default_profile_name);
}

Result<client::ProfileReading, Failure> read_profile(const Terminal& terminal, const std::optional<std::string>& name,
                                                     MissingProfile missing) {
  const bool may_be_missing = !name || missing == MissingProfile::is_empty;
  const std::string option = "--profile " + name.value_or("") + ": ";
  const auto file = profile_file(terminal);
  std::error_code unreadable;
  if (!file || !std::filesystem::exists(*file, unreadable)) {
    if (may_be_missing) return client::ProfileReading{};
    return fail(Failure{ExitCode::bad_input,
                        option + "there is no file " +
                            (file ? file->string() : std::string("$XDG_CONFIG_HOME/tallystick/config.toml"))});
  }
  client::WatchedProfile profile(*file, name.value_or(default_profile_name), {});
  auto reading = profile.read(terminal.monotonic_now());
  if (reading) return std::move(*reading);
  const client::ProfileFault& fault = reading.error();
  if (!fault.no_such_profile) return fail(Failure{ExitCode::bad_input, fault.message});
  if (may_be_missing) return client::ProfileReading{};
  return fail(Failure{ExitCode::bad_input, option + fault.message});
}

}  // namespace tallystick::cli
