#pragma once
#include "tallystick/wire/billing_usage_report.hpp"
#include "wire/codec.hpp"

namespace tallystick::wire {

// Apart from the instantiations, since a test reads reports by each of the codec's two ways.
BOOST_DESCRIBE_STRUCT(BillingUsageResource, (), (name, date))
BOOST_DESCRIBE_STRUCT(BillingUsage, (), (name, total_usage, resources))
BOOST_DESCRIBE_STRUCT(BillingUsageReport, (), (id, name, start_date, end_date, status, usages, self_uri))

}  // namespace tallystick::wire
