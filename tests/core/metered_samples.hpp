#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/core/metering.hpp"
#include "tallystick/core/metering_families.hpp"

/// What tests of meterings are made of.
namespace tallystick::core::test {

/// 2 March 2026, 00:00.
inline constexpr Day first_day = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2};
inline constexpr Period three_days{TimePoint{first_day}, TimePoint{first_day + std::chrono::days{3}}};
inline constexpr std::uint32_t minute_ms = 60'000;

inline TimePoint at_minute(std::int64_t minute) {
  return TimePoint{first_day} + std::chrono::minutes{minute};
}

inline Product product(std::string key, MeteringKind kind, std::int64_t rank = 0) {
  Product made;
  made.key = std::move(key);
  made.metering.kind = kind;
  if (rank != 0) {
    made.metering.family = "family";
    made.metering.rank = rank;
  }
  return made;
}

/// A resource's minutes [from, to) of a day.
inline Presence minutes(std::uint32_t resource, std::uint32_t from, std::uint32_t to) {
  return {ResourceNumber{resource}, from * minute_ms, to * minute_ms};
}

/// What two events of a resource amount to, one at `first_minute` and one a minute later.
inline ResourceUsage used(std::uint32_t resource, std::int64_t first_minute, std::int64_t sum, std::int64_t max,
                          std::int64_t last) {
  return {ResourceNumber{resource},
          {.first_seen = at_minute(first_minute),
           .last_time = at_minute(first_minute + 1),
           .sum = Decimal::from_integer(sum),
           .max = Decimal::from_integer(max),
           .last_quantity = Decimal::from_integer(last),
           .count = 2}};
}

}  // namespace tallystick::core::test
