#include <string>

#include "server/handlers/handlers.hpp"
#include "server/report_query.hpp"
#include "server/report_question.hpp"
#include "wire/billing_usage_text.hpp"

namespace tallystick::server {
namespace {

/// `self` is the address that answers this report, with all of its query but the period. What it returns borrows from
/// the report.
wire::BillingUsageReportView to_wire(const core::OrganizationId& organization, core::Period period,
                                     const app::BillableUsageReport* complete, const std::string& self) {
  wire::BillingUsageReportView report;
  report.id = app::report_id(organization, period).to_string();
  report.start_date = period.start;
  report.end_date = period.end;
  report.self_uri = self + report_period_query(period);
  if (complete == nullptr) return report;
  report.status = wire::ReportStatus::complete;
  report.usages.reserve(complete->products.size());
  for (const auto& product : complete->products) {
    report.usages.push_back({product.name, product.total.to_string(), product.resources});
  }
  return report;
}

/// Asks for the report, and encodes it on a worker: it may be large, and the report's own thread has others to do.
void answer_report(const Call& call, const core::OrganizationId& organization, core::Period period, std::string self,
                   const Answer& answer) {
  call.service->use_cases.reports.ask(
      organization, period,
      [service = call.service, organization, period, self = std::move(self), answer](app::ReportJobs::Answer asked) {
        service->on_worker(Lane::questions, [organization, period, self, answer, asked = std::move(asked)]() mutable {
          if (!asked) return answer(fail(refusal_of(std::move(asked.error()))));
          answer(json_response(wire::to_json(to_wire(organization, period, asked->get(), self))));
        });
      });
}

}  // namespace

void handle_billable_usage(Call& call, const Answer& answer) {
  const auto period = read_report_period(call.query);
  if (!period) return answer(fail(period.error()));
  answer_report(call, call.caller.organization, *period, "/api/v2/billing/reports/billableusage?", answer);
}

void handle_billable_usage_of(Call& call, const Answer& answer) {
  const auto question = read_report_question(call);
  if (!question) return answer(fail(question.error()));
  const auto& [organization, period] = *question;
  std::string self = "/tallystick/v1/reports/billableusage?organizationId=" + organization.to_string() + "&";
  answer_report(call, organization, period, std::move(self), answer);
}

}  // namespace tallystick::server
