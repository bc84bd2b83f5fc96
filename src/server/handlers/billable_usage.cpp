#include <string>

#include "server/handlers/handlers.hpp"
#include "server/report_query.hpp"
#include "server/report_question.hpp"
#include "tallystick/wire/billing_usage_report.hpp"

namespace tallystick::server {
namespace {

wire::BillingUsage to_wire(const app::BillableUsageReport::Product& product) {
  wire::BillingUsage usage;
  usage.name = product.name;
  usage.total_usage = product.total.to_string();
  usage.resources.reserve(product.resources.size());
  for (const core::ListedResource& resource : product.resources) {
    wire::BillingUsageResource& listed = usage.resources.emplace_back();
    listed.name = resource.name;
    listed.date = resource.date;
  }
  return usage;
}

/// `self` is the address that answers this report, with all of its query but the period.
wire::BillingUsageReport to_wire(const core::OrganizationId& organization, core::Period period,
                                 const app::BillableUsageReport* complete, const std::string& self) {
  wire::BillingUsageReport report;
  report.id = app::report_id(organization, period).to_string();
  report.start_date = period.start;
  report.end_date = period.end;
  report.status = complete == nullptr ? wire::ReportStatus::in_progress : wire::ReportStatus::complete;
  report.self_uri = self + report_period_query(period);
  if (complete == nullptr) return report;
  for (const auto& product : complete->products) report.usages.push_back(to_wire(product));
  return report;
}

/// Asks for the report, and encodes it on a worker: it may be large, and the report's own thread has others to do.
void answer_report(const Call& call, const core::OrganizationId& organization, core::Period period, std::string self,
                   const Answer& answer) {
  call.service->use_cases.reports.ask(
      organization, period,
      [service = call.service, organization, period, self = std::move(self), answer](app::ReportJobs::Answer asked) {
        service->on_worker([organization, period, self, answer, asked = std::move(asked)]() mutable {
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
