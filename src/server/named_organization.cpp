#include "server/named_organization.hpp"

namespace tallystick::server {

Result<NamedOrganization, Refusal> read_named_organization(const Call& call) {
  const auto text = call.query.get_filled("organizationId");
  NamedOrganization named;
  named.is_named = text.has_value();
  named.id = text ? core::Uuid::parse(*text) : std::optional(call.caller.organization);
  const bool is_own = named.id == call.caller.organization;
  if (!is_own && !call.may_name_others) return fail(refuse(Situation::not_authorized));
  if (named.id && call.service->use_cases.catalog.get()->organization(*named.id) == nullptr) named.id.reset();
  return named;
}

}  // namespace tallystick::server
