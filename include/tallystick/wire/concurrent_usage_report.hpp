#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/core/time.hpp"
#include "tallystick/wire/json.hpp"

#pragma GCC visibility push(default)
/// The answer of GET /tallystick/v1/reports/concurrentusage (docs/domain.md, "The concurrent usage report").
namespace tallystick::wire {

/// For how long in all `count` or more resources were present at once.
struct ConcurrentUsageLevel {
  std::int64_t count = 0;
  std::int64_t milliseconds = 0;
  UnknownFields unknown;
  friend bool operator==(const ConcurrentUsageLevel&, const ConcurrentUsageLevel&) = default;
};

/// The most resources that were present at once within an hour.
struct ConcurrentUsageHour {
  core::TimePoint time;  ///< a full hour in UTC
  std::int64_t max = 0;
  UnknownFields unknown;
  friend bool operator==(const ConcurrentUsageHour&, const ConcurrentUsageHour&) = default;
};

/// A resource that counts.
struct ConcurrentUsageResource {
  std::string name;
  core::TimePoint date;           ///< when it first counted in the period
  std::int64_t milliseconds = 0;  ///< for how long it counted in all
  UnknownFields unknown;
  friend bool operator==(const ConcurrentUsageResource&, const ConcurrentUsageResource&) = default;
};

/// How one product was used at once.
struct ConcurrentUsageProduct {
  std::string name;
  std::string part_number;
  std::int64_t peak = 0;                     ///< what is billed: the largest count that stood for 30 minutes in all
  std::vector<ConcurrentUsageLevel> levels;  ///< from 1 to the most that were ever present
  std::vector<ConcurrentUsageHour> hours;    ///< every hour of the period, as far as the clock has come
  std::vector<ConcurrentUsageResource> resources;  ///< the `peak` longest present, by name
  UnknownFields unknown;
  friend bool operator==(const ConcurrentUsageProduct&, const ConcurrentUsageProduct&) = default;
};

/// How an organization used each concurrent product in [start_date, end_date).
struct ConcurrentUsageReport {
  std::string organization_id;
  core::TimePoint start_date;
  core::TimePoint end_date;
  std::vector<ConcurrentUsageProduct> products;  ///< by name in byte order
  UnknownFields unknown;
  friend bool operator==(const ConcurrentUsageReport&, const ConcurrentUsageReport&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
