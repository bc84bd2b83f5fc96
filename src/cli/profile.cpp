#include "cli/profile.hpp"

#include <sys/stat.h>

#include <toml++/toml.h>
#include <array>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

#include "cli/spelling.hpp"

namespace tallystick::cli {
namespace {

struct Key {
  const char* name;
  std::optional<std::string> Profile::*member;
};
constexpr std::array<Key, 4> keys{{{"base_url", &Profile::base_url},
                                   {"region", &Profile::region},
                                   {"client_id", &Profile::client_id},
                                   {"client_secret", &Profile::client_secret}}};

Failure bad_input(std::string message) {
  return {ExitCode::bad_input, std::move(message)};
}

std::string place(const std::filesystem::path& file, const toml::source_region& source) {
  return file.string() + ":" + std::to_string(source.begin.line) + ":" + std::to_string(source.begin.column) + ": ";
}

std::vector<std::string> names_of(const toml::table& table) {
  std::vector<std::string> names;
  names.reserve(table.size());
  for (const auto& [key, value] : table) names.emplace_back(key.str());
  return names;
}

Result<Profile, Failure> read_keys(const std::filesystem::path& file, const toml::table& table) {
  Profile profile;
  std::vector<std::string> known;
  known.reserve(keys.size());
  for (const Key& key : keys) known.emplace_back(key.name);
  for (const auto& [name, node] : table) {
    const Key* found = nullptr;
    for (const Key& key : keys) {
      if (name.str() == key.name) found = &key;
    }
    const std::string quoted = "\"" + std::string(name.str()) + "\"";
    if (found == nullptr) {
      return fail(
          bad_input(place(file, name.source()) + quoted + " is no key of a profile" + did_you_mean(name.str(), known)));
    }
    const auto text = node.value_exact<std::string>();
    if (!text) return fail(bad_input(place(file, node.source()) + quoted + " must be a string"));
    profile.*found->member = *text;
  }
  if (profile.base_url && profile.region) {
    return fail(bad_input(place(file, table.source()) + "a profile has base_url or region, not both"));
  }
  return profile;
}

Result<toml::table, Failure> parse_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  if (!stream.good() && !stream.eof()) return fail(bad_input(file.string() + ": cannot be read"));
  try {
    return toml::parse(text.str(), file.string());
  } catch (const toml::parse_error& error) {
    return fail(bad_input(place(file, error.source()) + std::string(error.description())));
  }
}

}  // namespace

std::optional<std::filesystem::path> profile_file(const Terminal& terminal) {
  if (const auto home = terminal.variable("XDG_CONFIG_HOME")) {
    return std::filesystem::path(*home) / "tallystick" / "config.toml";
  }
  if (const auto home = terminal.variable("HOME")) {
    return std::filesystem::path(*home) / ".config" / "tallystick" / "config.toml";
  }
  return std::nullopt;
}

Result<Profile, Failure> read_profile(const Terminal& terminal, const std::optional<std::string>& name) {
  const auto file = profile_file(terminal);
  struct stat status {};
  if (!file || ::stat(file->c_str(), &status) != 0) {
    if (!name) return Profile{};
    return fail(bad_input("--profile " + *name + ": there is no file " +
                          (file ? file->string() : std::string("$XDG_CONFIG_HOME/tallystick/config.toml"))));
  }
  const auto table = parse_file(*file);
  if (!table) return fail(table.error());
  const toml::table* profiles = (*table)["profiles"].as_table();
  const toml::table* chosen =
      profiles == nullptr ? nullptr : (*profiles)[name.value_or(default_profile_name)].as_table();
  if (chosen == nullptr) {
    if (!name) return Profile{};
    const auto names = profiles == nullptr ? std::vector<std::string>() : names_of(*profiles);
    return fail(bad_input("--profile " + *name + ": " + file->string() + " has no table [profiles." + *name + "]" +
                          did_you_mean(*name, names)));
  }
  auto profile = read_keys(*file, *chosen);
  if (profile && profile->client_secret && (status.st_mode & 077U) != 0) {
    return fail(
        bad_input(file->string() + " has a secret in it and others can read it: run chmod 600 " + file->string()));
  }
  return profile;
}

}  // namespace tallystick::cli
