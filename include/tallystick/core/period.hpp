#pragma once
#include <algorithm>
#include <optional>

#include "tallystick/core/time.hpp"

#pragma GCC visibility push(default)
namespace tallystick::core {

/// The half-open stretch of time [start, end).
struct Period {
  TimePoint start;
  TimePoint end;

  [[nodiscard]] constexpr bool is_empty() const { return end <= start; }
  [[nodiscard]] constexpr bool contains(TimePoint time) const { return start <= time && time < end; }
  [[nodiscard]] constexpr milliseconds length() const { return is_empty() ? milliseconds{0} : end - start; }

  /// The part that both share; absent where they share none.
  [[nodiscard]] constexpr std::optional<Period> intersection(const Period& other) const {
    const Period shared{std::max(start, other.start), std::min(end, other.end)};
    return shared.is_empty() ? std::nullopt : std::optional<Period>(shared);
  }

  friend constexpr bool operator==(const Period&, const Period&) = default;
};

}  // namespace tallystick::core
#pragma GCC visibility pop
