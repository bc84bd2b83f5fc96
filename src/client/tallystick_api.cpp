#include "tallystick/client/tallystick_api.hpp"

#include "client/answer.hpp"
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

ApiResult<wire::IngestResult> TallystickApi::post_events(const std::vector<core::Event>& events) const {
  std::string body;
  for (const auto& event : events) {
    body += wire::event_to_json(event);
    body += '\n';
  }
  return post_events_ndjson(std::move(body));
}

ApiResult<wire::IngestResult> TallystickApi::post_events_ndjson(std::string body, std::string content_encoding) const {
  const Connection::Call call{.method = "POST",
                              .path = std::string(events_path),
                              .content_type = "application/x-ndjson",
                              .content_encoding = std::move(content_encoding),
                              .body = std::move(body)};
  return client::decode<wire::IngestResult>(connection_.send(call), events_path, "an IngestResult");
}

ApiResult<wire::BillingUsageReport> TallystickApi::get_billable_usage(const core::OrganizationId& organization,
                                                                      core::Period period) const {
  const Connection::Call call{.path = client::with_query(reports_path, {{"organizationId", organization.to_string()},
                                                                        {"startDate", core::to_string(period.start)},
                                                                        {"endDate", core::to_string(period.end)}})};
  return client::decode<wire::BillingUsageReport>(connection_.send(call), reports_path, "a BillingUsageReport");
}

ApiResult<wire::ConcurrentUsageReport> TallystickApi::get_concurrent_usage(
    core::Period period, const std::optional<core::OrganizationId>& organization) const {
  const Connection::Call call{.path =
                                  client::with_query(concurrency_path, {{"startDate", core::to_string(period.start)},
                                                                        {"endDate", core::to_string(period.end)},
                                                                        {"organizationId", id_value(organization)}})};
  return client::decode<wire::ConcurrentUsageReport>(connection_.send(call), concurrency_path,
                                                     "a ConcurrentUsageReport");
}

ApiResult<wire::TrusteeBillingOverview> TallystickApi::get_billing_overview(std::uint64_t billing_period_index) const {
  const Connection::Call call{
      .path = client::with_query(overview_path, {{"billingPeriodIndex", std::to_string(billing_period_index)}})};
  return client::decode<wire::TrusteeBillingOverview>(connection_.send(call), overview_path,
                                                      "a TrusteeBillingOverview");
}

ApiResult<wire::ClosePeriodsAnswer> TallystickApi::close_periods(const core::OrganizationId& organization,
                                                                 std::optional<core::Day> through) const {
  const wire::ClosePeriodsRequest request{
      .organization_id = organization.to_string(), .through = through, .unknown = {}};
  const Connection::Call call{
      .method = "POST",
      .path = std::string(close_path),
      .body = wire::to_json(request),
      // Sent twice it would close nothing twice, but its answer would then say that nothing was.
      .repeatable = false};
  return client::decode<wire::ClosePeriodsAnswer>(connection_.send(call), close_path, "a list of closed periods");
}

ApiResult<wire::InvoiceRecordListing> TallystickApi::get_invoices(const InvoiceRecordQuery& query) const {
  const Connection::Call call{
      .path = client::with_query(invoices_path, {{"organizationId", id_value(query.organization)},
                                                 {"before", query.page.before},
                                                 {"after", query.page.after},
                                                 {"pageSize", client::number_value(query.page.size)},
                                                 {"status", client::enum_value(query.status)},
                                                 {"dateStart", client::day_value(query.date_start)},
                                                 {"dateEnd", client::day_value(query.date_end)},
                                                 {"paymentStatus", client::enum_value(query.payment_status)}})};
  return client::decode<wire::InvoiceRecordListing>(connection_.send(call), invoices_path, "a list of invoices");
}

ApiResult<wire::InvoiceRecord> TallystickApi::get_invoice(
    std::string_view invoice_id, const std::optional<core::OrganizationId>& organization) const {
  const std::string path = client::below(invoices_path, invoice_id);
  const Connection::Call call{.path = client::with_query(path, {{"organizationId", id_value(organization)}})};
  return client::decode<wire::InvoiceRecord>(connection_.send(call), path, "an invoice");
}

ApiResult<wire::BillingInvoiceItemListing> TallystickApi::get_invoice_lines(
    std::string_view invoice_id, const PageQuery& page, const std::optional<core::OrganizationId>& organization) const {
  const std::string path = client::below(invoices_path, invoice_id) + "/lines";
  const Connection::Call call{.path = client::with_query(path, {{"organizationId", id_value(organization)},
                                                                {"before", page.before},
                                                                {"after", page.after},
                                                                {"pageSize", client::number_value(page.size)}})};
  return client::decode<wire::BillingInvoiceItemListing>(connection_.send(call), path, "a BillingInvoiceItemListing");
}

ApiResult<wire::InvoicePaymentListing> TallystickApi::get_invoice_payments(
    std::string_view invoice_id, const std::optional<core::OrganizationId>& organization) const {
  const std::string path = client::below(invoices_path, invoice_id) + "/payments";
  const Connection::Call call{.path = client::with_query(path, {{"organizationId", id_value(organization)}})};
  return client::decode<wire::InvoicePaymentListing>(connection_.send(call), path, "a list of payments");
}

ApiResult<wire::UrlResponse> TallystickApi::get_invoice_document_url(
    std::string_view invoice_id, DocumentFormat format, const std::optional<core::OrganizationId>& organization) const {
  const std::string path = client::below(invoices_path, invoice_id) + "/document";
  const Connection::Call call{.path = client::with_query(path, {{"organizationId", id_value(organization)},
                                                                {"format", std::string(name_of(format))}})};
  return client::decode<wire::UrlResponse>(connection_.send(call), path, "a UrlResponse");
}

ApiResult<wire::InvoicePayment> TallystickApi::post_invoice_payment(std::string_view invoice_id,
                                                                    const wire::InvoicePayment& payment) const {
  const std::string path = client::below(invoices_path, invoice_id) + "/payments";
  const Connection::Call call{.method = "POST", .path = path, .body = wire::to_json(payment)};
  return client::decode<wire::InvoicePayment>(connection_.send(call), path, "a payment");
}

ApiResult<wire::InvoiceRecord> TallystickApi::post_credit_note(std::string_view invoice_id,
                                                               const wire::CreditNoteRequest& request) const {
  const std::string path = client::below(invoices_path, invoice_id) + "/creditnotes";
  const Connection::Call call{.method = "POST", .path = path, .body = wire::to_json(request)};
  return client::decode<wire::InvoiceRecord>(connection_.send(call), path, "a credit note");
}

ApiResult<wire::AppliedChanges> TallystickApi::apply(std::string document, std::string content_type,
                                                     ApplyOptions options) const {
  const Connection::Call call{
      .method = "POST",
      .path = client::with_query(apply_path, {{"dryRun", flag(options.dry_run)}, {"prune", flag(options.prune)}}),
      .content_type = std::move(content_type),
      .body = std::move(document),
      // Sent twice it would do no harm, but its answer would then say that nothing was changed.
      .repeatable = options.dry_run};
  return client::decode<wire::AppliedChanges>(connection_.send(call), apply_path, "a list of changes");
}

ApiResult<std::string> TallystickApi::get_catalog() const {
  auto answer = connection_.send({.path = std::string(catalog_path)});
  if (!answer) return fail(answer.error());
  return std::move(answer->body);
}

ApiResult<wire::ClockSetting> TallystickApi::get_clock() const {
  return client::decode<wire::ClockSetting>(connection_.send({.path = std::string(clock_path)}), clock_path,
                                            "a clock setting");
}

ApiResult<wire::ClockSetting> TallystickApi::set_clock(core::TimePoint now) const {
  const Connection::Call call{.method = "PUT",
                              .path = std::string(clock_path),
                              .body = wire::to_json(wire::ClockSetting{.now = now, .unknown = {}}),
                              .repeatable = false};
  return client::decode<wire::ClockSetting>(connection_.send(call), clock_path, "a clock setting");
}

}  // namespace tallystick
