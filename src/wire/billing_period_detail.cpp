#include "tallystick/wire/billing_period_detail.hpp"

#include "wire/codec.hpp"
#include "wire/customer_shape.hpp"
#include "wire/named_entity_shape.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(BillingCharge, (),
                      (id, name, product, organizations, prepaid_quantity, fairuse_quantity, actual_quantity,
                       overage_quantity, overage_rate, overage_charge, overage_currency, converted_token_count,
                       token_conversion_rate))
BOOST_DESCRIBE_STRUCT(BillingWallet, (),
                      (id, name, organizations, product, starting_balance, ending_balance, balance_increase,
                       balance_decrease, balance_consumption, balance_overage, balance_overage_rate,
                       balance_overage_charge, balance_overage_currency, unit_of_measure))
BOOST_DESCRIBE_STRUCT(BillingContractPeriodDetail, (), (id, date_start, date_end, status, charges, wallets))

template std::string to_json<BillingContractPeriodDetail>(const BillingContractPeriodDetail&);
template Result<BillingContractPeriodDetail, DecodeFaults> from_json<BillingContractPeriodDetail>(std::string_view);

}  // namespace tallystick::wire
