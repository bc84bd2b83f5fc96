#pragma once
#include <string>

#include "core/items_in_force.hpp"
#include "tallystick/core/billing_period.hpp"
#include "tallystick/core/contract.hpp"
#include "tallystick/core/decimal.hpp"
#include "tallystick/core/rating.hpp"

/// The words and figures of invoice lines, by which people reconcile them: exact quantities, prices with the currency's
/// minor digits (`digits`) at least.
namespace tallystick::core {

/// `80 at 140.00 for 15 of 31 days, 100 at 138.00 for 16 of 31 days`; days are left out where they are the whole month,
/// versions without a prepay quantity or price too.
[[nodiscard]] std::string prepay_text(const ItemInPeriod& item, const BillingPeriod& period, int digits);

/// `58 over 80 prepaid, at 160.00`. `item` is that of the period's last day; nullptr: outside the contract.
[[nodiscard]] std::string overage_text(const RatedLine& line, const ContractItem* item, int digits);

/// `to the minimum of 12000.00`, in a short period `to the minimum of 5806.45, 12000.00 for 15 of 31 days`.
[[nodiscard]] std::string minimum_text(Decimal minimum, const BillingPeriod& period, int digits);

/// `Adjustment of 2026-03-01 to 2026-03-31: `, which an adjustment's text begins with.
[[nodiscard]] std::string adjustment_heading(const BillingPeriod& period);

}  // namespace tallystick::core
