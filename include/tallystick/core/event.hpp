#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tallystick/core/decimal.hpp"
#include "tallystick/core/metering.hpp"
#include "tallystick/core/time.hpp"
#include "tallystick/core/uuid.hpp"

#pragma GCC visibility push(default)
namespace tallystick::core {

/// An organization's resource used something at a time (domain.md, "Usage events").
struct UsageEvent {
  std::string source;  ///< 1 to 256 bytes; (source, id) is unique for ever within the organization
  std::string id;      ///< 1 to 256 bytes
  OrganizationId organization;
  std::string product;   ///< key in the catalog
  std::string resource;  ///< 1 to 512 bytes of UTF-8
  TimePoint time;
  Decimal quantity = Decimal::from_integer(1);
  std::optional<TimePoint> until;  ///< the event then covers [time, until)
  friend bool operator==(const UsageEvent&, const UsageEvent&) = default;
};

/// A correction: takes the event (target_source, target_id) of its own organization out of every total.
struct VoidEvent {
  std::string source;
  std::string id;
  OrganizationId organization;
  std::string target_source;
  std::string target_id;
  friend bool operator==(const VoidEvent&, const VoidEvent&) = default;
};

using Event = std::variant<UsageEvent, VoidEvent>;

inline constexpr std::size_t event_source_bytes_max = 256;
inline constexpr std::size_t event_id_bytes_max = 256;
inline constexpr std::size_t event_resource_bytes_max = 512;
inline constexpr std::chrono::hours event_ahead_max{24};
inline constexpr std::chrono::days event_interval_max{366};
/// Earlier moments have no billing period that anyone could ask for.
inline constexpr TimePoint event_time_min{};

/// Where in an event a fault lies; wire/event.hpp knows the pointer of each.
enum class EventField { source, id, organization, product, resource, time, quantity, until, target_source, target_id };

/// A rule that an event does not keep.
struct EventFault {
  EventField field;
  std::string message;  ///< what is wrong and what would be right, without the field's name
};

/// What the catalog says about an event's product; absent where it names none. Filled in by the caller.
struct EventContext {
  bool organization_known = false;
  const MeteringKind* metering = nullptr;  ///< nullptr: the product is unknown
  TimePoint now;
};

/// Every rule of domain.md that one event must keep by itself: sizes, range of time and quantity, `until` where the
/// metering takes it, known organization and product, a void that does not name itself. Empty: the event is good.
[[nodiscard]] std::vector<EventFault> check_event(const Event& event, const EventContext& context);

/// (source, id) and organization of either kind.
[[nodiscard]] const std::string& source_of(const Event& event);
[[nodiscard]] const std::string& id_of(const Event& event);
[[nodiscard]] const OrganizationId& organization_of(const Event& event);

}  // namespace tallystick::core
#pragma GCC visibility pop
