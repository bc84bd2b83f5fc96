#include "tallystick/client/organization_authorization_api.hpp"

#include <cstdint>
#include <limits>

#include "client/calls.hpp"
#include "client/query.hpp"

namespace tallystick {
namespace {

using Page = OrganizationAuthorizationApi::Page;

Connection::Call trustors_call(Page page) {
  return {.path = client::with_query("/api/v2/orgauthorization/trustors", {{"pageNumber", std::to_string(page.number)},
                                                                           {"pageSize", std::to_string(page.size)}})};
}

/// The number of a page as the service counts, where it says it.
int number_of(const wire::TrustorEntityListing& listing, int asked_for) {
  const std::int64_t number = listing.page_number.value_or(asked_for);
  return number >= 1 && number < std::numeric_limits<int>::max() ? static_cast<int>(number) : asked_for;
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
  auto next = [page, path = client::path_of(call)](
                  const wire::TrustorEntityListing& listing,
                  const PathsAsked& asked) -> ApiResult<std::optional<Connection::Call>> {
    const int number = number_of(listing, page.number + static_cast<int>(asked.size()) - 1);
    if (!has_more(listing, number)) return std::optional<Connection::Call>();
    auto further = trustors_call({.number = number + 1, .size = page.size});
    if (asked.contains(further.path)) {
      return fail(client::no_further_page(path, listing.next_uri.value_or("page " + std::to_string(number))));
    }
    return std::optional(std::move(further));
  };
  return {connection_, std::move(call), std::move(decode_answer), std::move(next)};
}

}  // namespace tallystick
