#include "tallystick/client/organization_authorization_api.hpp"

#include "client/calls.hpp"
#include "client/query.hpp"

namespace tallystick {
namespace {

using Page = OrganizationAuthorizationApi::Page;

Connection::Call trustors_call(Page page) {
  return {.path = client::with_query("/api/v2/orgauthorization/trustors", {{"pageNumber", std::to_string(page.number)},
                                                                           {"pageSize", std::to_string(page.size)}})};
}

bool has_more(const wire::TrustorEntityListing& listing, int number) {
  if (!listing.entities || listing.entities->empty()) return false;
  return listing.page_count ? number < *listing.page_count : listing.next_uri.has_value();
}

}  // namespace

ListCall<wire::TrustorEntityListing> OrganizationAuthorizationApi::get_orgauthorization_trustors(Page page) const {
  auto call = trustors_call(page);
  auto decode_answer = client::decoder<wire::TrustorEntityListing>(call, "a TrustorEntityListing");
  // Goes by page numbers: their pages need not have a nextUri.
  auto next = [page](const wire::TrustorEntityListing& listing,
                     const PathsAsked& asked) -> ApiResult<std::optional<Connection::Call>> {
    const int number = page.number + static_cast<int>(asked.size()) - 1;
    if (!has_more(listing, number)) return std::optional<Connection::Call>();
    return std::optional(trustors_call({.number = number + 1, .size = page.size}));
  };
  return {connection_, std::move(call), std::move(decode_answer), std::move(next)};
}

}  // namespace tallystick
