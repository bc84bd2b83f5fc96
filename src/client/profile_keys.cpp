#include "client/profile_keys.hpp"

#include <array>
#include <charconv>
#include <limits>
#include <vector>

#include "client/duration.hpp"
#include "client/spelling.hpp"

namespace tallystick::client {
namespace {

using Fault = std::optional<std::string>;
using std::chrono::milliseconds;

/// Of another type than the key's.
Fault other_type() {
  return std::string();
}

template <std::string Configuration::*member>
Fault set_text(Configuration& configuration, const ProfileValue& value, const std::filesystem::path&) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return other_type();
  configuration.*member = *text;
  return std::nullopt;
}

template <milliseconds Configuration::*member>
Fault set_duration(Configuration& configuration, const ProfileValue& value, const std::filesystem::path&) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return other_type();
  const auto duration = parse_duration(*text);
  if (!duration) return " is \"" + *text + "\"; write it like 30s, 500ms or 2m";
  configuration.*member = *duration;
  return std::nullopt;
}

template <auto member, std::int64_t max>
Fault set_count(Configuration& configuration, const ProfileValue& value, const std::filesystem::path&) {
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number == nullptr) return other_type();
  if (*number < 1 || *number > max)
    return " is " + std::to_string(*number) + "; it must be 1 to " + std::to_string(max);
  configuration.*member = static_cast<std::remove_reference_t<decltype(configuration.*member)>>(*number);
  return std::nullopt;
}

template <Pem TransportSettings::*member>
Fault set_pem_file(Configuration& configuration, const ProfileValue& value, const std::filesystem::path& folder) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return other_type();
  if (text->empty()) return " is empty; name a file with PEM in it";
  (configuration.transport.*member) = {.file = (folder / *text).string(), .text = {}};
  return std::nullopt;
}

template <Pem TransportSettings::*member>
Fault set_pem_text(Configuration& configuration, const ProfileValue& value, const std::filesystem::path&) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return other_type();
  (configuration.transport.*member) = {.file = {}, .text = *text};
  return std::nullopt;
}

Fault set_key_password(Configuration& configuration, const ProfileValue& value, const std::filesystem::path&) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return other_type();
  configuration.transport.client_key_password = *text;
  return std::nullopt;
}

template <std::string ProxySettings::*member>
Fault set_proxy(Configuration& configuration, const ProfileValue& value, const std::filesystem::path&) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return other_type();
  if (!configuration.transport.proxy) configuration.transport.proxy.emplace();
  *configuration.transport.proxy.*member = *text;
  return std::nullopt;
}

Fault set_region(Configuration& configuration, const ProfileValue& value, const std::filesystem::path&) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return other_type();
  auto url = base_url_of_region(*text);
  if (!url) return " is \"" + *text + "\"" + region_hint(*text);
  configuration.base_url = *std::move(url);
  return std::nullopt;
}

Fault set_answer_bytes(Configuration& configuration, const ProfileValue& value, const std::filesystem::path&) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return other_type();
  std::uint32_t number = 0;
  const char* const end = text->data() + text->size();
  const auto [unit_begin, error] = std::from_chars(text->data(), end, number);
  const std::string_view unit(unit_begin, static_cast<std::size_t>(end - unit_begin));
  constexpr std::array<std::pair<std::string_view, unsigned>, 3> units{{{"KiB", 10}, {"MiB", 20}, {"GiB", 30}}};
  for (const auto& [name, shift] : units) {
    constexpr std::uint32_t number_max = 1'024;
    if (error != std::errc() || unit != name || number == 0 || number > number_max) continue;
    configuration.answer_bytes_max = std::size_t{number} << shift;
    return std::nullopt;
  }
  return " is \"" + *text + "\"; write it like 64MiB or 1GiB, with a whole number from 1 to 1024";
}

Fault set_rate_limit(Configuration& configuration, const ProfileValue& value, const std::filesystem::path&) {
  const auto* flag = std::get_if<bool>(&value);
  if (flag == nullptr) return other_type();
  configuration.keep_within_rate_limit = *flag;
  return std::nullopt;
}

Fault set_headers(Configuration& configuration, const ProfileValue& value, const std::filesystem::path&) {
  const auto* headers = std::get_if<Headers>(&value);
  if (headers == nullptr) return other_type();
  configuration.headers = *headers;
  return std::nullopt;
}

Fault one_of(const std::string& text, std::span<const std::string> words) {
  std::string list;
  for (const auto& word : words) list += (list.empty() ? "" : ", ") + word;
  const std::string hint = did_you_mean(text, words);
  return " is \"" + text + "\"" + hint + (hint.empty() ? "; it is one of " : " It is one of ") + list;
}

Fault set_grant(Configuration& configuration, const ProfileValue& value, const std::filesystem::path&) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return other_type();
  const std::vector<std::string> words{"client_credentials", "refresh_token"};
  if (*text == words[0]) {
    configuration.grant = ClientCredentials{};
  } else if (*text == words[1]) {
    configuration.grant = RefreshToken{};
  } else {
    return one_of(*text, words);
  }
  return std::nullopt;
}

Fault set_access_token(Configuration& configuration, const ProfileValue& value, const std::filesystem::path&) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return other_type();
  configuration.grant = BearerToken{*text};
  return std::nullopt;
}

Fault set_log_level(Configuration& configuration, const ProfileValue& value, const std::filesystem::path&) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return other_type();
  const std::vector<std::string> words{"error", "warning", "info", "debug", "trace"};
  for (std::size_t level = 0; level < words.size(); ++level) {
    if (words[level] != *text) continue;
    configuration.log.level = static_cast<LogLevel>(level);
    return std::nullopt;
  }
  return one_of(*text, words);
}

Fault set_log_format(Configuration& configuration, const ProfileValue& value, const std::filesystem::path&) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return other_type();
  const std::vector<std::string> words{"text", "json"};
  if (*text != words[0] && *text != words[1]) return one_of(*text, words);
  configuration.log.json = *text == words[1];
  return std::nullopt;
}

constexpr std::string_view a_string = "a string";
constexpr std::string_view a_duration = "a duration in a string, such as \"30s\"";
constexpr std::string_view a_number = "a whole number";

constexpr std::array keys{
    ProfileKey{"base_url", a_string, false, &set_text<&Configuration::base_url>},
    ProfileKey{"region", a_string, false, &set_region},
    ProfileKey{"token_address", a_string, false, &set_text<&Configuration::token_address>},
    ProfileKey{"client_id", a_string, false, &set_text<&Configuration::client_id>},
    ProfileKey{"client_secret", a_string, true, &set_text<&Configuration::client_secret>},
    ProfileKey{"grant", a_string, false, &set_grant},
    ProfileKey{"access_token", a_string, true, &set_access_token},
    ProfileKey{"connect_timeout", a_duration, false, &set_duration<&Configuration::connect_timeout>},
    ProfileKey{"request_timeout", a_duration, false, &set_duration<&Configuration::request_timeout>},
    ProfileKey{"retry_budget", a_duration, false, &set_duration<&Configuration::retry_budget>},
    ProfileKey{"attempts_max", a_number, false, &set_count<&Configuration::attempts_max, 1'000>},
    ProfileKey{"answer_bytes_max", "a size in a string, such as \"64MiB\"", false, &set_answer_bytes},
    ProfileKey{"keep_within_rate_limit", "true or false", false, &set_rate_limit},
    ProfileKey{"started_calls_max", a_number, false, &set_count<&Configuration::started_calls_max, 1'000>},
    ProfileKey{"ca_file", a_string, false, &set_pem_file<&TransportSettings::authorities>},
    ProfileKey{"ca_pem", a_string, false, &set_pem_text<&TransportSettings::authorities>},
    ProfileKey{"client_certificate_file", a_string, false, &set_pem_file<&TransportSettings::client_certificate>},
    ProfileKey{"client_certificate_pem", a_string, false, &set_pem_text<&TransportSettings::client_certificate>},
    ProfileKey{"client_key_file", a_string, false, &set_pem_file<&TransportSettings::client_key>},
    ProfileKey{"client_key_pem", a_string, true, &set_pem_text<&TransportSettings::client_key>},
    ProfileKey{"client_key_password", a_string, true, &set_key_password},
    ProfileKey{"proxy", a_string, false, &set_proxy<&ProxySettings::url>},
    ProfileKey{"proxy_user", a_string, false, &set_proxy<&ProxySettings::user>},
    ProfileKey{"proxy_password", a_string, true, &set_proxy<&ProxySettings::password>},
    ProfileKey{"proxy_bypass", a_string, false, &set_proxy<&ProxySettings::bypass>},
    ProfileKey{"user_agent", a_string, false, &set_text<&Configuration::user_agent>},
    ProfileKey{"headers", "a table of strings", true, &set_headers},
    ProfileKey{"log_level", a_string, false, &set_log_level},
    ProfileKey{"log_format", a_string, false, &set_log_format},
};

}  // namespace

std::span<const ProfileKey> profile_keys() {
  return keys;
}

std::string region_hint(std::string_view region) {
  std::vector<std::string> names;
  for (const auto& [name, host] : regions()) {
    names.emplace_back(name);
    names.emplace_back(host);
  }
  const std::string hint = did_you_mean(region, names);
  return hint.empty() ? "; regions are called like us_east_1 or mypurecloud.de" : hint;
}

}  // namespace tallystick::client
