// The customers whose billing a partner may see.
#include "service.hpp"
#include "tallystick/client/organization_authorization_api.hpp"

int main() {
  const tallystick::OrganizationAuthorizationApi trusts(example::from_environment());
  for (const auto& trustor : trusts.get_orgauthorization_trustors().items()) {
    if (!trustor) return example::complain(trustor.error());
    const auto name = trustor->organization ? trustor->organization->name : std::nullopt;
    std::cout << example::shown(trustor->id) << ' ' << example::shown(name) << (trustor->enabled ? "" : " (disabled)")
              << '\n';
  }
}
