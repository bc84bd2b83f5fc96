#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "tallystick/core/period.hpp"
#include "tallystick/core/time.hpp"

#pragma GCC visibility push(default)
/// Intervals (events with `until`) as meterings see them: who was present when, day by day.
namespace tallystick::core {

/// Stands for a resource's name within one reading of usage.
enum class ResourceNumber : std::uint32_t {};

/// A stretch [start_ms, end_ms) of one day in which a resource was present; milliseconds from the day's start, at most
/// day_ms. Never empty.
struct Presence {
  static constexpr std::uint32_t day_ms = 86'400'000;
  ResourceNumber resource{};
  std::uint32_t start_ms = 0;
  std::uint32_t end_ms = 0;
  [[nodiscard]] constexpr std::uint32_t length_ms() const { return end_ms - start_ms; }
  friend bool operator==(const Presence&, const Presence&) = default;
};

/// The part of `interval` that lies on `day`; absent where it has none.
[[nodiscard]] std::optional<Presence> presence_on(Day day, ResourceNumber resource, const Period& interval);

/// In the order of resource, then start; pieces of one resource neither overlap nor touch. What follows below is so.
void merge_presence(std::vector<Presence>& pieces);

/// The parts of `pieces` at which the same resource is not in `taken`; both merged, and so is the result.
[[nodiscard]] std::vector<Presence> presence_outside(std::span<const Presence> pieces, std::span<const Presence> taken);

/// One product's presence on one day, merged.
struct ProductPresence {
  std::string_view product;  ///< key in the catalog
  std::span<const Presence> pieces;
};

}  // namespace tallystick::core
#pragma GCC visibility pop
