#pragma once
#include "cli/failure.hpp"
#include "tallystick/client/connection.hpp"
#include "tallystick/core/uuid.hpp"
#include "tallystick/wire/trustor_listing.hpp"

namespace tallystick::cli {

/// All pages of the trustors as one listing: the first page with the entities of all, as if one page held them. A
/// single page is as it was answered; of several the links are left out, since they lead to parts of this.
[[nodiscard]] Result<wire::TrustorEntityListing, Failure> all_trustors(const Connection& connection);

/// Whom `text` means: the trustor of that id, or of that name without regard to case. An id need not be listed; a name
/// costs the listing. Failures: bad_input for a name that nobody or more than one has.
[[nodiscard]] Result<core::OrganizationId, Failure> find_trustor(const Connection& connection, const std::string& text);

}  // namespace tallystick::cli
