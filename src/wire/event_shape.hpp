#pragma once
#include <optional>
#include <string_view>

#include "tallystick/core/event.hpp"
#include "wire/pointer.hpp"
#include "wire/value_tree.hpp"

/// The shape of one usage event as CloudEvents 1.0 JSON (interface.md, "An event").
namespace tallystick::wire {

/// Names of attributes, and of the members of `data`.
namespace attribute {
inline constexpr std::string_view specversion = "specversion";
inline constexpr std::string_view source = "source";
inline constexpr std::string_view id = "id";
inline constexpr std::string_view type = "type";
inline constexpr std::string_view subject = "subject";
inline constexpr std::string_view organization = "organization";
inline constexpr std::string_view time = "time";
inline constexpr std::string_view datacontenttype = "datacontenttype";
inline constexpr std::string_view data = "data";
inline constexpr std::string_view data_base64 = "data_base64";
inline constexpr std::string_view quantity = "quantity";
inline constexpr std::string_view until = "until";
}  // namespace attribute

inline constexpr std::string_view cloudevents_version = "1.0";
/// The type of a correction; every other type is a product's key.
inline constexpr std::string_view void_type = "tallystick.void";

/// One event that was looked at.
struct ShapedEvent {
  std::optional<core::Event> event;                  ///< absent: faults were added
  std::optional<core::OrganizationId> organization;  ///< whom it names, faults or not
};

/// Reads one event and adds all its faults. A null attribute is an absent one, as CloudEvents has it.
[[nodiscard]] ShapedEvent read_event(const Value& value, const Path& at, FaultList& faults);

}  // namespace tallystick::wire
