#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tallystick/core/time.hpp"
#include "tallystick/wire/json.hpp"
#include "tallystick/wire/organization.hpp"

#pragma GCC visibility push(default)
namespace tallystick::wire {

/// A customer whose billing the caller may see; Trustor of the published API. What this version does not read
/// (createdBy, authorization) survives in `unknown`.
struct Trustor {
  std::optional<std::string> id;
  bool enabled = false;
  std::optional<core::TimePoint> date_created;
  std::optional<Organization> organization;
  std::optional<std::string> self_uri;
  UnknownFields unknown;
  friend bool operator==(const Trustor&, const Trustor&) = default;
};

/// A page of trustors; TrustorEntityListing of the published API. Addresses are relative paths; one that leads nowhere
/// is absent.
struct TrustorEntityListing {
  std::optional<std::vector<Trustor>> entities;
  std::optional<std::int64_t> page_size;
  std::optional<std::int64_t> page_number;  ///< from 1
  std::optional<std::int64_t> total;
  std::optional<std::string> first_uri;
  std::optional<std::string> next_uri;
  std::optional<std::string> previous_uri;
  std::optional<std::string> last_uri;
  std::optional<std::string> self_uri;
  std::optional<std::int64_t> page_count;
  UnknownFields unknown;
  friend bool operator==(const TrustorEntityListing&, const TrustorEntityListing&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
