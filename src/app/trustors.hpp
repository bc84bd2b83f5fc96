#pragma once
#include <vector>

#include "app/catalog_snapshot.hpp"
#include "tallystick/core/uuid.hpp"

namespace tallystick::app {

/// A customer of a partner.
struct Trustor {
  core::OrganizationId organization;
  std::string name;
  bool is_enabled = true;
};

/// Everyone whose billing `trustee` was trusted with, by id; disabled trusts too.
[[nodiscard]] std::vector<Trustor> trustors_of(const CatalogSnapshot& catalog, const core::OrganizationId& trustee);

/// Whether `trustee` may see the billing of `trustor` now: whether it has an enabled trust. Takes as long for an
/// organization that does not exist as for one without a trust, or with a disabled one.
[[nodiscard]] bool may_see_billing(const CatalogSnapshot& catalog, const core::OrganizationId& trustee,
                                   const core::OrganizationId& trustor);

}  // namespace tallystick::app
