#include "tallystick/wire/trustee_billing_overview.hpp"

#include "wire/codec.hpp"
#include "wire/named_entity_shape.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(SubscriptionOverviewUsage, (),
                      (name, part_number, grouping, unit_of_measure_type, usage_quantity, overage_price,
                       prepay_quantity, prepay_price, usage_notes, is_cancellable, bundle_quantity, is_third_party))
BOOST_DESCRIBE_STRUCT(TrusteeBillingOverview, (),
                      (id, name, organization, currency, enabled_products, subscription_type, ramp_period_start_date,
                       ramp_period_end_date, billing_period_start_date, billing_period_end_date, usages,
                       contract_amendment_date, contract_effective_date, contract_end_date, minimum_monthly_amount,
                       in_ramp_period, self_uri))

template std::string to_json<SubscriptionOverviewUsage>(const SubscriptionOverviewUsage&);
template Result<SubscriptionOverviewUsage, DecodeFaults> from_json<SubscriptionOverviewUsage>(std::string_view);
template std::string to_json<TrusteeBillingOverview>(const TrusteeBillingOverview&);
template Result<TrusteeBillingOverview, DecodeFaults> from_json<TrusteeBillingOverview>(std::string_view);

}  // namespace tallystick::wire
