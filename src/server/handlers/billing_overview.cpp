#include <string>
#include <utility>

#include "app/trustors.hpp"
#include "server/frozen_text.hpp"
#include "server/handlers/handlers.hpp"
#include "server/overview_answer.hpp"
#include "server/overview_query.hpp"
#include "server/question_answer.hpp"

namespace tallystick::server {
namespace {

/// The overview as it stands, or as it was frozen with the address under which it was asked for today.
Outcome overview_outcome(const app::OverviewAnswer& overview, const std::string& self) {
  if (const auto* open = std::get_if<app::BillingOverview>(&overview)) {
    return json_response(wire::to_json(overview_answer(*open, self)));
  }
  auto frozen = read_frozen<wire::TrusteeBillingOverview>(std::get<app::ClosedOverview>(overview).text);
  if (!frozen) return fail(std::move(frozen.error()));
  frozen->self_uri = self;
  return json_response(wire::to_json(*frozen));
}

/// Asks for the overview, and encodes it where it was made: a change of thread would take longer.
void answer_overview(const Call& call, const core::OrganizationId& organization, std::uint64_t index,
                     std::string_view address, const Answer& answer) {
  call.service->use_cases.billing.ask_overview(
      organization, index,
      answer_with<app::OverviewAnswer>(answer, [self = overview_uri(address, index)](const app::OverviewAnswer& asked) {
        return overview_outcome(asked, self);
      }));
}

}  // namespace

void handle_trustee_billing_overview(Call& call, const Answer& answer) {
  const auto index = read_period_index(call.query);
  if (!index) return answer(fail(index.error()));
  const auto trustor = core::Uuid::parse(call.path_parameters.front());
  // Whom one may not see, who is not there and what is no id are one answer, and the store is not asked for any.
  const auto catalog = call.service->use_cases.catalog.get();
  if (!*index || !trustor || !app::may_see_billing(*catalog, call.caller.organization, *trustor)) {
    return answer(fail(refusal_of(app::no_such_overview())));
  }
  answer_overview(call, *trustor, **index, "/api/v2/billing/trusteebillingoverview/" + trustor->to_string(), answer);
}

void handle_own_billing_overview(Call& call, const Answer& answer) {
  const auto index = read_period_index(call.query);
  if (!index) return answer(fail(index.error()));
  if (!*index) return answer(fail(refusal_of(app::no_such_overview())));
  answer_overview(call, call.caller.organization, **index, "/tallystick/v1/billingoverview", answer);
}

}  // namespace tallystick::server
