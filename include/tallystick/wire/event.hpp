#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/core/event.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"
#include "tallystick/wire/json.hpp"

#pragma GCC visibility push(default)
namespace tallystick::wire {

/// The three bodies that carry usage events (interface.md, "An event").
enum class EventFormat {
  single,  ///< application/cloudevents+json
  batch,   ///< application/cloudevents-batch+json: a JSON array
  ndjson,  ///< application/x-ndjson: one event a line; blank lines are counted and passed over
};

/// Why a body carries no events that could be looked at one by one.
struct EventDecodeFailure {
  enum class Kind {
    malformed,        ///< not JSON, not UTF-8, or not the shape of the format; `message` says where
    too_many_events,  ///< more than `events_max`
  };
  Kind kind = Kind::malformed;
  std::string message;
};

/// What a body holds: the events whose shape is right, in the order of the body, and the faults of the others.
struct DecodedEvents {
  std::vector<core::Event> events;
  /// positions[i] is the index by which faults name events[i]: its index in the array, its line in NDJSON.
  std::vector<std::size_t> positions;
  DecodeFaults faults;  ///< in the order of the body, at most core::faults_reported_max; empty: every event was read
  /// Organizations that events with faults name, so that a caller who may not add for them is told that first.
  std::vector<core::OrganizationId> organizations_with_faults;
};

/// Decodes a body of events. Shapes and types only: core::check_event looks at what the values mean. Attributes that
/// CloudEvents 1.0 allows and we do not use are passed over. A line of NDJSON that is not JSON is a fault at `/line`.
[[nodiscard]] Result<DecodedEvents, EventDecodeFailure> decode_events(std::string_view body, EventFormat format,
                                                                      std::size_t events_max);

/// The pointer into the body of a fault that core found: `/3/data/quantity`, or `/data/quantity` for a single event.
[[nodiscard]] std::string event_pointer(EventFormat format, std::size_t position, core::EventField field);

/// One event as compact CloudEvents JSON, without a line end.
[[nodiscard]] std::string event_to_json(const core::Event& event);

}  // namespace tallystick::wire
#pragma GCC visibility pop
