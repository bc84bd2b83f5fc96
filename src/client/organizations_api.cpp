#include "tallystick/client/organizations_api.hpp"

#include "client/answer.hpp"

namespace tallystick {

ApiResult<wire::Organization> OrganizationsApi::get_organizations_me() const {
  constexpr std::string_view path = "/api/v2/organizations/me";
  return client::decode<wire::Organization>(connection_.send({.path = std::string(path)}), path, "an Organization");
}

}  // namespace tallystick
