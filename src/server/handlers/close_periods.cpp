#include <utility>

#include "server/billed_entities.hpp"
#include "server/handlers/handlers.hpp"
#include "server/invoice_answer.hpp"
#include "server/json_body.hpp"
#include "server/question_answer.hpp"

namespace tallystick::server {
namespace {

wire::ClosedPeriodRecord to_wire(const app::ClosingOutcome::Period& closed) {
  wire::ClosedPeriodRecord record;
  record.contract_id = closed.contract.to_string();
  record.billing_period_id = closed.period_id.to_string();
  record.date_start = closed.period.start;
  record.date_end = last_day_before(closed.period.end);
  record.invoice_id = closed.invoice.id.to_string();
  record.invoice_number = closed.invoice.number;
  record.currency_iso_code = closed.invoice.currency;
  record.amount = closed.invoice.amount;
  return record;
}

Outcome closing_outcome(const app::ClosingOutcome& outcome) {
  wire::ClosePeriodsAnswer answer;
  for (const auto& closed : outcome.closed) answer.closed.push_back(to_wire(closed));
  for (const store::InvoiceEntry& entry : outcome.adjustment_invoices) {
    answer.adjustment_invoices.push_back(invoice_record(store::SettledInvoice{entry, {}}));
  }
  return json_response(wire::to_json(answer));
}

}  // namespace

void handle_close_periods(Call& call, const Answer& answer) {
  const auto request = read_json_body<wire::ClosePeriodsRequest>(call);
  if (!request) return answer(fail(request.error()));
  const auto organization = core::Uuid::parse(request->organization_id);
  if (!organization) return answer(fail(refuse_body({{"/organizationId", "must be a UUID"}})));
  call.service->use_cases.closing.close(*organization, request->through,
                                        answer_with<app::ClosingOutcome>(answer, closing_outcome));
}

}  // namespace tallystick::server
