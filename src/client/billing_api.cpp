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

}  // namespace tallystick
