#include "tallystick/wire/organization.hpp"
#include "server/handlers/handlers.hpp"

namespace tallystick::server {

void handle_own_organization(Call& call, const Answer& answer) {
  const auto catalog = call.service->use_cases.catalog.get();
  const core::Organization* known = catalog->organization(call.caller.organization);
  if (known == nullptr) return answer(fail(refuse(Situation::not_found)));
  wire::Organization organization;
  organization.id = known->id.to_string();
  organization.name = known->name;
  organization.self_uri = "/api/v2/organizations/me";
  answer(json_response(wire::to_json(organization)));
}

}  // namespace tallystick::server
