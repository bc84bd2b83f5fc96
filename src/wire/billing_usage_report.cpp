#include "tallystick/wire/billing_usage_report.hpp"

#include "wire/billing_usage_report_shape.hpp"

namespace tallystick::wire {

template std::string to_json<BillingUsageResource>(const BillingUsageResource&);
template Result<BillingUsageResource, DecodeFaults> from_json<BillingUsageResource>(std::string_view);
template std::string to_json<BillingUsage>(const BillingUsage&);
template Result<BillingUsage, DecodeFaults> from_json<BillingUsage>(std::string_view);
template std::string to_json<BillingUsageReport>(const BillingUsageReport&);
template Result<BillingUsageReport, DecodeFaults> from_json<BillingUsageReport>(std::string_view);

}  // namespace tallystick::wire
