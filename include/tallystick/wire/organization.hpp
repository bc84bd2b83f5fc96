#pragma once
#include <optional>
#include <string>

#include "tallystick/wire/json.hpp"

#pragma GCC visibility push(default)
namespace tallystick::wire {

/// The caller's organization, as `GET /api/v2/organizations/me` answers it: the fields of the published Organization
/// that this service knows; the others survive in `unknown`.
struct Organization {
  std::optional<std::string> id;
  std::optional<std::string> name;
  std::optional<std::string> self_uri;
  UnknownFields unknown;
  friend bool operator==(const Organization&, const Organization&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
