#include "tallystick/wire/billing_contract.hpp"

#include "wire/codec.hpp"
#include "wire/customer_shape.hpp"
#include "wire/named_entity_shape.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(BillingContractPeriod, (), (id, date_start, date_end, status))
BOOST_DESCRIBE_STRUCT(BillingPlanItem, (),
                      (item_number, name, type, function, description, date_charged_through, currency_iso_code,
                       discount_amount, date_effective_start, date_effective_end, overage_price, price, quantity,
                       unit_of_measure))
BOOST_DESCRIBE_STRUCT(BillingPlan, (), (id, name, organizations, product, items))
BOOST_DESCRIBE_STRUCT(BillingContract, (),
                      (id, external_number, status, commercial_model, purchase_order_numbers, bill_to_customer,
                       sold_to_customer, end_customer, date_start, date_end, date_ramp_start, date_ramp_end,
                       billing_periods, plans))
BOOST_DESCRIBE_STRUCT(BillingContractListing, (), (entities, next_uri, self_uri, previous_uri))

template std::string to_json<BillingContract>(const BillingContract&);
template Result<BillingContract, DecodeFaults> from_json<BillingContract>(std::string_view);
template std::string to_json<BillingContractListing>(const BillingContractListing&);
template Result<BillingContractListing, DecodeFaults> from_json<BillingContractListing>(std::string_view);

}  // namespace tallystick::wire
