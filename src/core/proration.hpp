#pragma once
#include "core/exact_number.hpp"
#include "core/items_in_force.hpp"
#include "tallystick/core/billing_period.hpp"

namespace tallystick::core {

/// What of a monthly amount falls on a period: its days of those of the whole month. The amount itself for a whole one.
[[nodiscard]] Exact prorated(Decimal monthly_amount, const BillingPeriod& period);

/// What an item's prepaid units cost: each version's for its days of the whole month. Versions without a prepay price
/// cost nothing.
[[nodiscard]] Exact prepay_charge(const ItemInPeriod& item, const BillingPeriod& period);

}  // namespace tallystick::core
