#pragma once
#include <optional>

#include "server/call.hpp"
#include "tallystick/core/result.hpp"
#include "tallystick/core/uuid.hpp"

namespace tallystick::server {

/// Whose things are asked for: `organizationId`, or the caller's own where it is missing or empty.
struct NamedOrganization {
  std::optional<core::OrganizationId>
      id;                 ///< absent: an id that is none, or that nobody has: not.found, after all else
  bool is_named = false;  ///< by the parameter
};

/// Refused (not.authorized, 403): another organization than the caller's own, unless the caller may name others. An id
/// that is none, or that nobody has, is another organization too, so that nobody else learns which exist.
[[nodiscard]] Result<NamedOrganization, Refusal> read_named_organization(const Call& call);

}  // namespace tallystick::server
