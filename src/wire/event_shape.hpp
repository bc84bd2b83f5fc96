#pragma once
#include <optional>
#include <string_view>

#include "tallystick/core/event.hpp"
#include "wire/event_attributes.hpp"
#include "wire/pointer.hpp"

/// The shape of one usage event as CloudEvents 1.0 JSON (interface.md, "An event").
namespace tallystick::wire {

inline constexpr std::string_view cloudevents_version = "1.0";
/// The type of a correction; every other type is a product's key.
inline constexpr std::string_view void_type = "tallystick.void";

/// One event that was looked at.
struct ShapedEvent {
  bool is_good = false;                              ///< else faults were added
  std::optional<core::OrganizationId> organization;  ///< whom it names, faults or not
};

/// Reads one event into `event` and adds all its faults; with faults, what `event` holds is of no use. A null attribute
/// is an absent one, as CloudEvents has it.
[[nodiscard]] ShapedEvent read_event(const EventAttributes& found, const Path& at, FaultList& faults,
                                     core::Event& event);

}  // namespace tallystick::wire
