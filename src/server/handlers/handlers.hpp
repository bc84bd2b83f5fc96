#pragma once
#include <string_view>

#include "server/call.hpp"

/// The handlers that server/routes.cpp names, one source file a subject: each decodes, asks a use case, encodes.
namespace tallystick::server {

/// Below the origin that is handed out; what identity providers must name as the recipient of assertions.
inline constexpr std::string_view token_path = "/oauth/token";
/// POST /oauth/token (RFC 6749): the grants of server/token_request.hpp, the client by Basic and in the body. Answers
/// refusals by itself, in the RFC's own form.
void handle_token(Call& call, const Answer& answer);

/// GET /oauth/authorize: the page on which a person logs in and allows a client to act for her; POST: what she
/// answered. Answer refusals by themselves: a page, or back to the client.
void handle_authorize_page(Call& call, const Answer& answer);
void handle_authorize_answer(Call& call, const Answer& answer);

/// GET /api/v2/organizations/me
void handle_own_organization(Call& call, const Answer& answer);

/// GET /api/v2/billing/reports/billableusage: of the caller's organization.
void handle_billable_usage(Call& call, const Answer& answer);
/// GET /tallystick/v1/reports/billableusage: the same of `organizationId` (server/report_question.hpp).
void handle_billable_usage_of(Call& call, const Answer& answer);

/// GET /tallystick/v1/reports/concurrentusage: of the caller's organization, or of `organizationId`
/// (server/report_question.hpp).
void handle_concurrent_usage(Call& call, const Answer& answer);

/// GET /api/v2/orgauthorization/trustors: whose billing the caller's organization was trusted with.
void handle_trustors(Call& call, const Answer& answer);

/// GET /api/v2/billing/trusteebillingoverview/{trustorOrgId}: of a customer with an enabled trust.
void handle_trustee_billing_overview(Call& call, const Answer& answer);
/// GET /tallystick/v1/billingoverview: the same of the caller's organization.
void handle_own_billing_overview(Call& call, const Answer& answer);

/// GET /api/v2/billing/contracts: of the caller's organization, as all that follow.
void handle_contracts(Call& call, const Answer& answer);
/// GET /api/v2/billing/contracts/{contractId}
void handle_contract(Call& call, const Answer& answer);
/// GET /api/v2/billing/contracts/{contractId}/billingperiods/{billingPeriodId}
void handle_billing_period(Call& call, const Answer& answer);
/// GET /api/v2/billing/contracts/invoices
void handle_invoices(Call& call, const Answer& answer);
/// GET /api/v2/billing/contracts/invoices/{invoiceId}/lines
void handle_invoice_lines(Call& call, const Answer& answer);
/// GET /api/v2/billing/contracts/invoices/{invoiceId}/document: the address of its PDF.
void handle_invoice_document(Call& call, const Answer& answer);

/// GET /tallystick/v1/invoices: of the caller's organization or of `organizationId` (server/named_organization.hpp),
/// drafts first; as all that follow.
void handle_invoice_records(Call& call, const Answer& answer);
/// GET /tallystick/v1/invoices/{invoiceId}
void handle_invoice_record(Call& call, const Answer& answer);
/// GET /tallystick/v1/invoices/{invoiceId}/lines
void handle_invoice_record_lines(Call& call, const Answer& answer);
/// GET /tallystick/v1/invoices/{invoiceId}/document?format=
void handle_invoice_record_document(Call& call, const Answer& answer);
/// GET /tallystick/v1/invoices/{invoiceId}/payments
void handle_payments(Call& call, const Answer& answer);

/// POST /tallystick/v1/invoices/{invoiceId}/payments
void handle_pay(Call& call, const Answer& answer);
/// POST /tallystick/v1/invoices/{invoiceId}/creditnotes
void handle_credit(Call& call, const Answer& answer);
/// POST /tallystick/v1/periods/close
void handle_close_periods(Call& call, const Answer& answer);

/// GET /tallystick/v1/documents/{fileName}?expires=&signature=: whoever has the address (server/document_address.hpp).
void handle_document(Call& call, const Answer& answer);

/// POST /tallystick/v1/events
void handle_events(Call& call, const Answer& answer);

/// POST /tallystick/v1/apply?dryRun=&prune= and GET /tallystick/v1/catalog
void handle_apply(Call& call, const Answer& answer);
void handle_catalog(Call& call, const Answer& answer);

/// GET and PUT /tallystick/v1/clock; only routed with a test clock.
void handle_get_clock(Call& call, const Answer& answer);
void handle_set_clock(Call& call, const Answer& answer);

/// GET /health/live, /health/ready and /metrics
void handle_health(Call& call, const Answer& answer);
void handle_metrics(Call& call, const Answer& answer);

}  // namespace tallystick::server
