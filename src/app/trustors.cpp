#include "app/trustors.hpp"

#include <algorithm>

namespace tallystick::app {

std::vector<Trustor> trustors_of(const CatalogSnapshot& catalog, const core::OrganizationId& trustee) {
  std::vector<Trustor> trustors;
  for (const core::Trust& trust : catalog.trusts_of(trustee)) {
    const core::Organization* trustor = catalog.organization(trust.trustor);
    if (trustor != nullptr) trustors.push_back({trustor->id, trustor->name, trust.enabled});
  }
  return trustors;
}

bool may_see_billing(const CatalogSnapshot& catalog, const core::OrganizationId& trustee,
                     const core::OrganizationId& trustor) {
  // The trustor is looked for among the trusts alone: whether it exists makes no difference on the way.
  const auto trusts = catalog.trusts_of(trustee);
  const auto trust = std::lower_bound(trusts.begin(), trusts.end(), trustor,
                                      [](const core::Trust& each, const auto& id) { return each.trustor < id; });
  return trust != trusts.end() && trust->trustor == trustor && trust->enabled;
}

}  // namespace tallystick::app
