#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "tallystick/core/catalog.hpp"
#include "tallystick/core/period.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::core {

/// What the events of one resource amount to within a stretch of time. It keeps what each metering needs, so the same
/// roll-up serves all of them, and two stretches side by side merge into one.
struct ResourceAggregate {
  TimePoint first_seen;  ///< the earliest moment at which the resource was in use
  TimePoint last_time;   ///< the time of the event that gave last_quantity
  Decimal sum;
  Decimal max;
  Decimal last_quantity;    ///< of the latest event; of two at one time the greater (source, id) in byte order
  std::uint64_t count = 0;  ///< events with their time inside; an interval that began earlier is not counted

  friend bool operator==(const ResourceAggregate&, const ResourceAggregate&) = default;
};

/// A resource's aggregate over the whole period asked for. `name` is only borrowed.
struct ResourceUsage {
  std::string_view name;
  ResourceAggregate usage;
};

/// A product's number for a period, by domain.md, "Products and how they count".
struct MeteredUsage {
  struct Resource {
    std::string_view name;
    TimePoint date;  ///< when it was first seen in the period
  };
  Decimal total;
  std::vector<Resource> resources;  ///< by name in byte order
};

/// The total and the resources that count, for `unique`, `sum`, `max` and `latest`. The one fault is an overflow of
/// the sum. `duration` and `concurrent` look at intervals, not at aggregates, and are no kinds of this function.
[[nodiscard]] Result<MeteredUsage, DecimalFault> meter(MeteringKind kind, std::span<const ResourceUsage> resources);

/// True for the kinds that `meter` takes.
[[nodiscard]] constexpr bool is_metered_by_aggregate(MeteringKind kind) {
  return kind == MeteringKind::unique || kind == MeteringKind::sum || kind == MeteringKind::max ||
         kind == MeteringKind::latest;
}

/// The kind's name as catalogs spell it.
[[nodiscard]] std::string_view to_string(MeteringKind kind);

}  // namespace tallystick::core
