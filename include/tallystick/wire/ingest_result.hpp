#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tallystick/wire/json.hpp"

#pragma GCC visibility push(default)
namespace tallystick::wire {

/// An event whose (source, id) is known with other content; the first one counts.
struct IngestConflict {
  std::int64_t index = 0;
  std::string source;
  std::string id;
  UnknownFields unknown;
  friend bool operator==(const IngestConflict&, const IngestConflict&) = default;
};

/// The answer of POST /tallystick/v1/events, given once the events are safe.
struct IngestResult {
  std::int64_t accepted = 0;
  std::int64_t duplicates = 0;
  std::vector<IngestConflict> conflicts;
  UnknownFields unknown;
  friend bool operator==(const IngestResult&, const IngestResult&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
