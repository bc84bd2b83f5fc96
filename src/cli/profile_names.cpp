#include "cli/profile_names.hpp"

#include <toml++/toml.h>

#include "cli/profile.hpp"

namespace tallystick::cli {

std::vector<std::string> profile_names(const Terminal& terminal) {
  std::vector<std::string> names;
  const auto file = profile_file(terminal);
  if (!file) return names;
  try {
    const toml::table table = toml::parse_file(file->string());
    const toml::table* profiles = table["profiles"].as_table();
    if (profiles == nullptr) return names;
    for (const auto& [name, profile] : *profiles) {
      if (profile.is_table()) names.emplace_back(name.str());
    }
  } catch (const toml::parse_error&) {
    names.clear();
  }
  return names;
}

}  // namespace tallystick::cli
