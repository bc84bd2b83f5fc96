#include "tallystick/client/organization_authorization_api.hpp"

#include "client/answer.hpp"
#include "client/query.hpp"

namespace tallystick {

ApiResult<wire::TrustorEntityListing> OrganizationAuthorizationApi::get_orgauthorization_trustors(Page page) const {
  constexpr std::string_view path = "/api/v2/orgauthorization/trustors";
  const auto answer = connection_.send({.path = client::with_query(path, {{"pageNumber", std::to_string(page.number)},
                                                                          {"pageSize", std::to_string(page.size)}})});
  return client::decode<wire::TrustorEntityListing>(answer, path, "a TrustorEntityListing");
}

}  // namespace tallystick
