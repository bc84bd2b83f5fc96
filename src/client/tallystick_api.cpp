#include "tallystick/client/tallystick_api.hpp"

#include "client/calls.hpp"
#include "client/query.hpp"
#include "tallystick/wire/event.hpp"

namespace tallystick {
namespace {

constexpr std::string_view events_path = "/tallystick/v1/events";
constexpr std::string_view reports_path = "/tallystick/v1/reports/billableusage";
constexpr std::string_view concurrency_path = "/tallystick/v1/reports/concurrentusage";
constexpr std::string_view overview_path = "/tallystick/v1/billingoverview";
constexpr std::string_view close_path = "/tallystick/v1/periods/close";
constexpr std::string_view invoices_path = "/tallystick/v1/invoices";
constexpr std::string_view apply_path = "/tallystick/v1/apply";
constexpr std::string_view catalog_path = "/tallystick/v1/catalog";
constexpr std::string_view clock_path = "/tallystick/v1/clock";

std::string flag(bool set) {
  return set ? "true" : "false";
}

std::optional<std::string> id_value(const std::optional<core::OrganizationId>& id) {
  if (!id) return std::nullopt;
  return id->to_string();
}

std::string_view name_of(TallystickApi::DocumentFormat format) {
  switch (format) {
    case TallystickApi::DocumentFormat::pdf:
      return "pdf";
    case TallystickApi::DocumentFormat::xlsx:
      return "xlsx";
    case TallystickApi::DocumentFormat::csv:
      return "csv";
  }
  return {};
}

}  // namespace

ApiCall<wire::IngestResult> TallystickApi::post_events(const std::vector<core::Event>& events) const {
  std::string body;
  for (const auto& event : events) {
    body += wire::event_to_json(event);
    body += '\n';
  }
  return post_events_ndjson(std::move(body));
}

ApiCall<wire::IngestResult> TallystickApi::post_events_ndjson(std::string body, std::string content_encoding) const {
  return client::api_call<wire::IngestResult>(connection_,
                                              {.method = "POST",
                                               .path = std::string(events_path),
                                               .content_type = "application/x-ndjson",
                                               .content_encoding = std::move(content_encoding),
                                               .body = std::move(body),
                                               // The service tells events by source and id.
                                               .repeatable = true},
                                              "an IngestResult");
}

ApiCall<wire::BillingUsageReport> TallystickApi::get_billable_usage(const core::OrganizationId& organization,
                                                                    core::Period period) const {
  return client::api_call<wire::BillingUsageReport>(
      connection_,
      {.path = client::with_query(reports_path, {{"organizationId", organization.to_string()},
                                                 {"startDate", core::to_string(period.start)},
                                                 {"endDate", core::to_string(period.end)}})},
      "a BillingUsageReport");
}

ApiCall<wire::ConcurrentUsageReport> TallystickApi::get_concurrent_usage(
    core::Period period, const std::optional<core::OrganizationId>& organization) const {
  return client::api_call<wire::ConcurrentUsageReport>(
      connection_,
      {.path = client::with_query(concurrency_path, {{"startDate", core::to_string(period.start)},
                                                     {"endDate", core::to_string(period.end)},
                                                     {"organizationId", id_value(organization)}})},
      "a ConcurrentUsageReport");
}

ApiCall<wire::TrusteeBillingOverview> TallystickApi::get_billing_overview(std::uint64_t billing_period_index) const {
  return client::api_call<wire::TrusteeBillingOverview>(
      connection_,
      {.path = client::with_query(overview_path, {{"billingPeriodIndex", std::to_string(billing_period_index)}})},
      "a TrusteeBillingOverview");
}

ApiCall<wire::ClosePeriodsAnswer> TallystickApi::close_periods(const core::OrganizationId& organization,
                                                               std::optional<core::Day> through) const {
  const wire::ClosePeriodsRequest request{
      .organization_id = organization.to_string(), .through = through, .unknown = {}};
  return client::api_call<wire::ClosePeriodsAnswer>(
      connection_,
      {.method = "POST",
       .path = std::string(close_path),
       .body = wire::to_json(request),
       // Sent twice it would close nothing twice, but its answer would then say that nothing was.
       .repeatable = false},
      "a list of closed periods");
}

ListCall<wire::InvoiceRecordListing> TallystickApi::get_invoices(const InvoiceRecordQuery& query) const {
  const auto call_of = [query](const PageQuery& page) -> Connection::Call {
    return {.path = client::with_query(invoices_path, {{"organizationId", id_value(query.organization)},
                                                       {"before", page.before},
                                                       {"after", page.after},
                                                       {"pageSize", client::number_value(page.size)},
                                                       {"status", client::enum_value(query.status)},
                                                       {"dateStart", client::day_value(query.date_start)},
                                                       {"dateEnd", client::day_value(query.date_end)},
                                                       {"paymentStatus", client::enum_value(query.payment_status)}})};
  };
  return client::cursor_call<wire::InvoiceRecordListing>(connection_, query.page, call_of, "a list of invoices");
}

ApiCall<wire::InvoiceRecord> TallystickApi::get_invoice(std::string_view invoice_id,
                                                        const std::optional<core::OrganizationId>& organization) const {
  return client::api_call<wire::InvoiceRecord>(
      connection_,
      {.path =
           client::with_query(client::below(invoices_path, invoice_id), {{"organizationId", id_value(organization)}})},
      "an invoice");
}

ListCall<wire::BillingInvoiceItemListing> TallystickApi::get_invoice_lines(
    std::string_view invoice_id, const PageQuery& first,
    const std::optional<core::OrganizationId>& organization) const {
  const auto call_of = [path = client::below(invoices_path, invoice_id) + "/lines",
                        organization](const PageQuery& page) -> Connection::Call {
    return {.path = client::with_query(path, {{"organizationId", id_value(organization)},
                                              {"before", page.before},
                                              {"after", page.after},
                                              {"pageSize", client::number_value(page.size)}})};
  };
  return client::cursor_call<wire::BillingInvoiceItemListing>(connection_, first, call_of,
                                                              "a BillingInvoiceItemListing");
}

ApiCall<wire::InvoicePaymentListing> TallystickApi::get_invoice_payments(
    std::string_view invoice_id, const std::optional<core::OrganizationId>& organization) const {
  return client::api_call<wire::InvoicePaymentListing>(
      connection_,
      {.path = client::with_query(client::below(invoices_path, invoice_id) + "/payments",
                                  {{"organizationId", id_value(organization)}})},
      "a list of payments");
}

ApiCall<wire::UrlResponse> TallystickApi::get_invoice_document_url(
    std::string_view invoice_id, DocumentFormat format, const std::optional<core::OrganizationId>& organization) const {
  return client::api_call<wire::UrlResponse>(
      connection_,
      {.path =
           client::with_query(client::below(invoices_path, invoice_id) + "/document",
                              {{"organizationId", id_value(organization)}, {"format", std::string(name_of(format))}})},
      "a UrlResponse");
}

ApiCall<wire::InvoicePayment> TallystickApi::post_invoice_payment(std::string_view invoice_id,
                                                                  const wire::InvoicePayment& payment) const {
  return client::api_call<wire::InvoicePayment>(connection_,
                                                {.method = "POST",
                                                 .path = client::below(invoices_path, invoice_id) + "/payments",
                                                 .body = wire::to_json(payment),
                                                 // By its idempotency key; so is a credit note.
                                                 .repeatable = true},
                                                "a payment");
}

ApiCall<wire::InvoiceRecord> TallystickApi::post_credit_note(std::string_view invoice_id,
                                                             const wire::CreditNoteRequest& request) const {
  return client::api_call<wire::InvoiceRecord>(connection_,
                                               {.method = "POST",
                                                .path = client::below(invoices_path, invoice_id) + "/creditnotes",
                                                .body = wire::to_json(request),
                                                .repeatable = true},
                                               "a credit note");
}

ApiCall<wire::AppliedChanges> TallystickApi::apply(std::string document, std::string content_type,
                                                   ApplyOptions options) const {
  return client::api_call<wire::AppliedChanges>(
      connection_,
      {.method = "POST",
       .path = client::with_query(apply_path, {{"dryRun", flag(options.dry_run)}, {"prune", flag(options.prune)}}),
       .content_type = std::move(content_type),
       .body = std::move(document),
       // Sent twice it would do no harm, but its answer would then say that nothing was changed.
       .repeatable = options.dry_run},
      "a list of changes");
}

ApiCall<std::string> TallystickApi::get_catalog() const {
  const auto body_of = [](const HttpResponse& answer) -> ApiResult<std::string> { return answer.body; };
  return {connection_, {.path = std::string(catalog_path)}, body_of};
}

ApiCall<wire::ClockSetting> TallystickApi::get_clock() const {
  return client::api_call<wire::ClockSetting>(connection_, {.path = std::string(clock_path)}, "a clock setting");
}

ApiCall<wire::ClockSetting> TallystickApi::set_clock(core::TimePoint now) const {
  return client::api_call<wire::ClockSetting>(connection_,
                                              {.method = "PUT",
                                               .path = std::string(clock_path),
                                               .body = wire::to_json(wire::ClockSetting{.now = now, .unknown = {}}),
                                               .repeatable = false},
                                              "a clock setting");
}

}  // namespace tallystick
