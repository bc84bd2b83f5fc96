#include "tallystick/client/organizations_api.hpp"

#include "client/calls.hpp"

namespace tallystick {

ApiCall<wire::Organization> OrganizationsApi::get_organizations_me() const {
  return client::api_call<wire::Organization>(connection_, {.path = "/api/v2/organizations/me"}, "an Organization");
}

}  // namespace tallystick
