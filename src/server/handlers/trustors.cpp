#include <span>
#include <string>
#include <utility>

#include "app/trustors.hpp"
#include "server/handlers/handlers.hpp"
#include "server/page_query.hpp"
#include "tallystick/wire/trustor_listing.hpp"

namespace tallystick::server {
namespace {

constexpr std::string_view address = "/api/v2/orgauthorization/trustors";

wire::Trustor to_wire(const app::Trustor& trustor) {
  const std::string id = trustor.organization.to_string();
  wire::Trustor listed;
  listed.id = id;
  listed.enabled = trustor.is_enabled;
  listed.organization.emplace();
  listed.organization->id = id;
  listed.organization->name = trustor.name;
  listed.self_uri = std::string(address) + "/" + id;
  return listed;
}

}  // namespace

void handle_trustors(Call& call, const Answer& answer) {
  const auto page = read_page(call.query);
  if (!page) return answer(fail(page.error()));
  const auto trustors = app::trustors_of(*call.service->use_cases.catalog.get(), call.caller.organization);
  PagePlan plan = plan_page(*page, trustors.size(), address);
  wire::TrustorEntityListing listing;
  listing.entities.emplace();
  for (const app::Trustor& trustor : std::span(trustors).subspan(plan.begin, plan.end - plan.begin)) {
    listing.entities->push_back(to_wire(trustor));
  }
  listing.page_size = static_cast<std::int64_t>(page->size);
  listing.page_number = static_cast<std::int64_t>(page->number);
  listing.total = static_cast<std::int64_t>(trustors.size());
  listing.page_count = static_cast<std::int64_t>(plan.count);
  listing.first_uri = std::move(plan.first);
  listing.next_uri = std::move(plan.next);
  listing.previous_uri = std::move(plan.previous);
  listing.last_uri = std::move(plan.last);
  listing.self_uri = std::move(plan.self);
  answer(json_response(wire::to_json(listing)));
}

}  // namespace tallystick::server
