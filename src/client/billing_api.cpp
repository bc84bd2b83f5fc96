#include "tallystick/client/billing_api.hpp"

#include "client/answer.hpp"
#include "client/query.hpp"

namespace tallystick {

ApiResult<wire::BillingUsageReport> BillingApi::get_billing_reports_billableusage(core::Period period) const {
  constexpr std::string_view path = "/api/v2/billing/reports/billableusage";
  const auto answer = connection_.send({.path = client::with_query(path, {{"startDate", core::to_string(period.start)},
                                                                          {"endDate", core::to_string(period.end)}})});
  return client::decode<wire::BillingUsageReport>(answer, path, "a BillingUsageReport");
}

ApiResult<wire::TrusteeBillingOverview> BillingApi::get_trustee_billing_overview(
    const core::OrganizationId& trustor, std::uint64_t billing_period_index) const {
  const std::string path = "/api/v2/billing/trusteebillingoverview/" + trustor.to_string();
  const auto answer = connection_.send(
      {.path = client::with_query(path, {{"billingPeriodIndex", std::to_string(billing_period_index)}})});
  return client::decode<wire::TrusteeBillingOverview>(answer, path, "a TrusteeBillingOverview");
}

}  // namespace tallystick
