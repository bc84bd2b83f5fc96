#include "server/report_question.hpp"

#include "server/named_organization.hpp"
#include "server/report_query.hpp"

namespace tallystick::server {

Result<ReportQuestion, Refusal> read_report_question(const Call& call) {
  const auto named = read_named_organization(call);
  if (!named) return fail(named.error());
  const auto period = read_report_period(call.query);
  if (!period) return fail(period.error());
  if (!named->id) return fail(refuse(Situation::not_found));
  return ReportQuestion{*named->id, *period};
}

}  // namespace tallystick::server
