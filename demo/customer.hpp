#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/core/time.hpp"
#include "tallystick/core/uuid.hpp"

namespace tallystick::demo {

/// A civil time zone for the month of the demo: one offset, and another from a moment on where clocks change.
struct Zone {
  std::chrono::minutes offset;
  core::TimePoint changes_at;
  std::chrono::minutes offset_afterwards;

  /// `local`: what clocks on the wall show, as if it were UTC.
  [[nodiscard]] core::TimePoint utc(core::TimePoint local) const;
};

/// A place where recordings are kept, in thousandths of a gigabyte.
struct Archive {
  std::string_view name;
  std::int64_t size_at_start = 0;
  std::int64_t growth_per_day = 0;
};

/// A customer of the partner: what is installed there and how people work. demo/catalog.yaml declares the same
/// organizations.
struct Customer {
  std::string_view key;  ///< of its file of events
  core::OrganizationId organization;
  std::string_view domain;
  std::string_view region;  ///< part of the sources of its events: `acd/eu-1`
  Zone zone;
  unsigned event_share = 0;  ///< of all events, in percent
  std::size_t users = 0;
  std::array<unsigned, 3> licence_weights{};  ///< of users with CX 1, 2 and 3
  unsigned weekend_percent = 0;               ///< of users who work at weekends
  std::size_t stations_per_site = 0;
  std::size_t edges_per_site = 0;
  std::int64_t channels_per_edge = 0;
  std::vector<std::string_view> sites;
  std::vector<std::string_view> api_clients;
  std::vector<std::string_view> message_senders;
  std::vector<Archive> archives;
};

/// The three customers of the demo.
[[nodiscard]] std::span<const Customer> customers();

}  // namespace tallystick::demo
