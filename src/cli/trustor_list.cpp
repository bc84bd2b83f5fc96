#include "cli/trustor_list.hpp"

#include <optional>
#include <utility>

#include "cli/all_pages.hpp"
#include "cli/spelling.hpp"
#include "tallystick/client/organization_authorization_api.hpp"

namespace tallystick::cli {
namespace {

constexpr int page_size_max = 100;

}  // namespace

Result<wire::TrustorEntityListing, Failure> all_trustors(const Connection& connection) {
  const OrganizationAuthorizationApi api(connection);
  std::optional<wire::TrustorEntityListing> all;
  for (auto& page : api.get_orgauthorization_trustors({.number = 1, .size = page_size_max}).pages()) {
    if (!page) return fail(failure_of(page.error()));
    if (!all) {
      all = *std::move(page);
      continue;
    }
    append_entities(all->entities, std::move(page->entities));
    all->page_size = static_cast<std::int64_t>(all->entities->size());
    all->total = all->page_size;
    all->page_count = 1;
    for (auto* link : {&all->first_uri, &all->next_uri, &all->previous_uri, &all->last_uri, &all->self_uri}) {
      link->reset();
    }
  }
  return *std::move(all);
}

Result<core::OrganizationId, Failure> find_trustor(const Connection& connection, const std::string& text) {
  if (const auto id = core::Uuid::parse(text)) return *id;
  const auto listing = all_trustors(connection);
  if (!listing) return fail(listing.error());
  std::vector<std::string> names;
  std::vector<core::OrganizationId> found;
  for (const wire::Trustor& trustor : listing->entities.value_or(std::vector<wire::Trustor>())) {
    const auto id = core::Uuid::parse(trustor.id.value_or(""));
    const std::string name = trustor.organization ? trustor.organization->name.value_or("") : "";
    names.push_back(name);
    if (id && equals_without_case(name, text)) found.push_back(*id);
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return fail(Failure{ExitCode::bad_input, "\"" + text + "\" is neither an organization's id nor a trustor's name" +
                                                 did_you_mean(text, names)});
  }
  std::string ids;
  for (const core::OrganizationId& id : found) ids += (ids.empty() ? "" : ", ") + id.to_string();
  return fail(
      Failure{ExitCode::bad_input, "several trustors are called \"" + text + "\": name one by its id (" + ids + ")"});
}

}  // namespace tallystick::cli
