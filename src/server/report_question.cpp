#include "server/report_question.hpp"

#include <optional>

#include "server/report_query.hpp"

namespace tallystick::server {

Result<ReportQuestion, Refusal> read_report_question(const Call& call) {
  const auto asked_for = call.query.get_filled("organizationId");
  const auto id = asked_for ? core::Uuid::parse(*asked_for) : std::optional(call.caller.organization);
  const bool is_own = id == call.caller.organization;
  if (!is_own && !call.may_name_others) return fail(refuse(Situation::not_authorized));
  const auto period = read_report_period(call.query);
  if (!period) return fail(period.error());
  if (!id || call.service->use_cases.catalog.get()->organization(*id) == nullptr) {
    return fail(refuse(Situation::not_found));
  }
  return ReportQuestion{*id, *period};
}

}  // namespace tallystick::server
