#include <string>
#include <utility>

#include "app/trustors.hpp"
#include "server/handlers/handlers.hpp"
#include "server/overview_answer.hpp"
#include "server/overview_query.hpp"

namespace tallystick::server {
namespace {

using Asked = Result<app::BillingOverview, core::Problem>;

/// Asks for the overview, and encodes it where it was made: a change of thread would take longer.
void answer_overview(const Call& call, const core::OrganizationId& organization, std::uint64_t index,
                     std::string_view address, const Answer& answer) {
  call.service->use_cases.usage_questions.ask_overview(
      organization, index, [self = overview_uri(address, index), answer](Asked asked) {
        if (!asked) return answer(fail(refusal_of(std::move(asked.error()))));
        answer(json_response(wire::to_json(overview_answer(*asked, self))));
      });
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
