#pragma once
#include <chrono>
#include <cstddef>

#include "tallystick/core/period.hpp"

namespace tallystick::demo {

/// The month of the demo is March 2026: on the customers' walls, and, where it is billed, in UTC.
inline constexpr std::chrono::sys_days first_day{std::chrono::year{2026} / std::chrono::March / 1};
inline constexpr std::size_t days_in_month = 31;

/// The month as it is billed.
[[nodiscard]] inline core::Period demo_month() {
  return {first_day, first_day + std::chrono::days{days_in_month}};
}

/// `day` counts from 0.
[[nodiscard]] inline bool is_weekend(std::size_t day) {
  const std::chrono::weekday name{first_day + std::chrono::days{day}};
  return name == std::chrono::Saturday || name == std::chrono::Sunday;
}

}  // namespace tallystick::demo
