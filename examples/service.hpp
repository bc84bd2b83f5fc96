#pragma once
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>

#include "tallystick/client/configuration.hpp"
#include "tallystick/wire/open_number.hpp"

/// What the examples share, so that each shows its own subject alone.
namespace example {

inline std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

/// Where to ask and as whom: TALLYSTICK_BASE_URL or TALLYSTICK_REGION, TALLYSTICK_CLIENT_ID, TALLYSTICK_CLIENT_SECRET.
inline tallystick::Configuration from_environment() {
  tallystick::Configuration configuration;
  if (const auto url = tallystick::base_url_of_region(variable("TALLYSTICK_REGION"))) configuration.base_url = *url;
  if (const std::string url = variable("TALLYSTICK_BASE_URL"); !url.empty()) configuration.base_url = url;
  configuration.client_id = variable("TALLYSTICK_CLIENT_ID");
  configuration.client_secret = variable("TALLYSTICK_CLIENT_SECRET");
  return configuration;
}

/// Tells why there is no answer. What it returns is the program's exit code.
inline int complain(const tallystick::ApiError& error) {
  std::cerr << error.message << '\n';
  if (!error.context_id.empty()) std::cerr << "The service logged it as " << error.context_id << ".\n";
  return 1;
}

inline int usage(const char* arguments) {
  std::cerr << "arguments: " << arguments << '\n';
  return 2;
}

/// Optional fields of a model, as a table shows them.
inline std::string shown(const std::optional<std::string>& text) {
  return text.value_or("-");
}
inline std::string shown(const std::optional<tallystick::wire::OpenNumber>& number) {
  return number ? number->text() : "-";
}

}  // namespace example
