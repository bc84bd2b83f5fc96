#pragma once
#include <optional>
#include <string>

#include "tallystick/wire/json.hpp"

#pragma GCC visibility push(default)
namespace tallystick::wire {

/// A thing by its id and name; NamedEntity of the published API.
struct NamedEntity {
  std::optional<std::string> id;
  std::optional<std::string> name;
  UnknownFields unknown;
  friend bool operator==(const NamedEntity&, const NamedEntity&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
