#pragma once
#include "app/period_bill.hpp"
#include "tallystick/wire/billing_period_detail.hpp"

namespace tallystick::server {

/// What a period comes to as the published API writes it (docs/domain.md, "Contracts, periods and wallets on the
/// wire"): charges of products, the minimum's difference, adjustments; wallets of token products. Ids of the minimum
/// (`minimum`) and of an adjustment (`adjustment/<contract>/<start>/<product key>`) are UUIDv5 in the namespace of the
/// period's, too.
[[nodiscard]] wire::BillingContractPeriodDetail period_answer(const app::PeriodBill& bill);

}  // namespace tallystick::server
