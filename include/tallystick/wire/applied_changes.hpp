#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tallystick/wire/json.hpp"

#pragma GCC visibility push(default)
namespace tallystick::wire {

/// The answer of POST /tallystick/v1/apply. Entries read `<kind> <key>`: "product cx-3-named".
struct AppliedChanges {
  std::vector<std::string> created;
  std::vector<std::string> updated;
  std::vector<std::string> removed;
  std::int64_t unchanged = 0;
  UnknownFields unknown;
  friend bool operator==(const AppliedChanges&, const AppliedChanges&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
