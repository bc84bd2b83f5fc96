#include "client/profile_text.hpp"

#include <toml++/toml.h>
#include <optional>
#include <utility>

#include "client/profile_keys.hpp"
#include "client/spelling.hpp"

namespace tallystick::client {
namespace {

using Taken = Result<void, ProfileFault>;

std::string place(const std::filesystem::path& file, const toml::source_region& source) {
  return file.string() + ":" + std::to_string(source.begin.line) + ":" + std::to_string(source.begin.column) + ": ";
}

std::vector<std::string> names_of(const toml::table& table) {
  std::vector<std::string> names;
  names.reserve(table.size());
  for (const auto& [key, value] : table) names.emplace_back(key.str());
  return names;
}

std::optional<Headers> headers_of(const toml::table& table) {
  Headers headers;
  for (const auto& [name, node] : table) {
    const auto value = node.value_exact<std::string>();
    if (!value) return std::nullopt;
    headers.emplace_back(std::string(name.str()), *value);
  }
  return headers;
}

/// Absent: a type that no key has.
std::optional<ProfileValue> value_of(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto number = node.value_exact<std::int64_t>()) return *number;
  if (const auto flag = node.value_exact<bool>()) return *flag;
  if (const auto* table = node.as_table()) return headers_of(*table);
  return std::nullopt;
}

const ProfileKey* key_called(std::string_view name) {
  for (const auto& key : profile_keys()) {
    if (key.name == name) return &key;
  }
  return nullptr;
}

std::string hint_for_key(std::string_view name) {
  std::vector<std::string> known;
  for (const auto& key : profile_keys()) known.emplace_back(key.name);
  return did_you_mean(name, known);
}

/// Reads the settings of one profile.
class Reader {
 public:
  Reader(const std::filesystem::path& file, const Configuration& base) : file_(file), reading_{.configuration = base} {}

  Result<ProfileReading, ProfileFault> read(const toml::table& table) {
    for (const auto& [one, other] :
         {std::pair("base_url", "region"), std::pair("grant", "access_token"), std::pair("ca_file", "ca_pem"),
          std::pair("client_certificate_file", "client_certificate_pem"),
          std::pair("client_key_file", "client_key_pem")}) {
      if (table.contains(one) && table.contains(other)) {
        return fail(ProfileFault{.message = place(file_, table.source()) + "a profile has " + one + " or " + other +
                                            ", not both"});
      }
    }
    for (const auto& [name, node] : table) {
      if (auto taken = take(name, node); !taken) return fail(std::move(taken.error()));
    }
    if (reading_.configuration.transport.proxy && reading_.configuration.transport.proxy->url.empty() &&
        !reading_.given.contains("proxy")) {
      return fail(ProfileFault{.message = place(file_, table.source()) +
                                          "a profile that says how to use a proxy has its address too, as proxy"});
    }
    return std::move(reading_);
  }

 private:
  Taken take(const toml::key& name, const toml::node& node) {
    const std::string quoted = "\"" + std::string(name.str()) + "\"";
    const ProfileKey* key = key_called(name.str());
    if (key == nullptr) {
      return fail(ProfileFault{.message = place(file_, name.source()) + quoted + " is no key of a profile" +
                                          hint_for_key(name.str())});
    }
    const auto value = value_of(node);
    const auto fault = value ? key->set(reading_.configuration, *value, file_.parent_path()) : std::string();
    if (fault) {
      const std::string words = fault->empty() ? " must be " + std::string(key->type) : *fault;
      return fail(ProfileFault{.message = place(file_, node.source()) + quoted + words});
    }
    reading_.given.emplace(key->name);
    reading_.holds_secret = reading_.holds_secret || key->is_secret;
    return {};
  }

  const std::filesystem::path& file_;
  ProfileReading reading_;
};

}  // namespace

Result<ProfileReading, ProfileFault> read_profile_text(const std::string& text, const std::filesystem::path& file,
                                                       std::string_view profile, const Configuration& base) {
  try {
    const toml::table table = toml::parse(text, file.string());
    const toml::table* profiles = table["profiles"].as_table();
    const toml::table* chosen = profiles == nullptr ? nullptr : (*profiles)[profile].as_table();
    if (chosen != nullptr) return Reader(file, base).read(*chosen);
    const auto names = profiles == nullptr ? std::vector<std::string>() : names_of(*profiles);
    return fail(ProfileFault{.message = file.string() + " has no table [profiles." + std::string(profile) + "]" +
                                        did_you_mean(profile, names),
                             .no_such_profile = true});
  } catch (const toml::parse_error& error) {
    return fail(ProfileFault{.message = place(file, error.source()) + std::string(error.description())});
  }
}

std::vector<std::string> profile_names(const std::string& text) {
  try {
    const toml::table table = toml::parse(text);
    const toml::table* profiles = table["profiles"].as_table();
    return profiles == nullptr ? std::vector<std::string>() : names_of(*profiles);
  } catch (const toml::parse_error&) {
    return {};
  }
}

}  // namespace tallystick::client
