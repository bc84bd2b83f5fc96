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
constexpr std::string_view apply_path = "/tallystick/v1/apply";
constexpr std::string_view catalog_path = "/tallystick/v1/catalog";
constexpr std::string_view clock_path = "/tallystick/v1/clock";

std::string flag(bool set) {
  return set ? "true" : "false";
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
  const auto id = organization ? std::optional(organization->to_string()) : std::nullopt;
  const Connection::Call call{.path =
                                  client::with_query(concurrency_path, {{"startDate", core::to_string(period.start)},
                                                                        {"endDate", core::to_string(period.end)},
                                                                        {"organizationId", id}})};
  return client::decode<wire::ConcurrentUsageReport>(connection_.send(call), concurrency_path,
                                                     "a ConcurrentUsageReport");
}

ApiResult<wire::TrusteeBillingOverview> TallystickApi::get_billing_overview(std::uint64_t billing_period_index) const {
  const Connection::Call call{
      .path = client::with_query(overview_path, {{"billingPeriodIndex", std::to_string(billing_period_index)}})};
  return client::decode<wire::TrusteeBillingOverview>(connection_.send(call), overview_path,
                                                      "a TrusteeBillingOverview");
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
