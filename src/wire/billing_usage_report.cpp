#include "tallystick/wire/billing_usage_report.hpp"

#include "wire/codec.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(BillingUsageResource, (), (name, date))
BOOST_DESCRIBE_STRUCT(BillingUsage, (), (name, total_usage, resources))
BOOST_DESCRIBE_STRUCT(BillingUsageReport, (), (id, name, start_date, end_date, status, usages, self_uri))

template std::string to_json<BillingUsageResource>(const BillingUsageResource&);
template Result<BillingUsageResource, DecodeFaults> from_json<BillingUsageResource>(std::string_view);
template std::string to_json<BillingUsage>(const BillingUsage&);
template Result<BillingUsage, DecodeFaults> from_json<BillingUsage>(std::string_view);
template std::string to_json<BillingUsageReport>(const BillingUsageReport&);
template Result<BillingUsageReport, DecodeFaults> from_json<BillingUsageReport>(std::string_view);

}  // namespace tallystick::wire
