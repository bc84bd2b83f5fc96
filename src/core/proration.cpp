#include "core/proration.hpp"

namespace tallystick::core {

Exact prorated(Decimal monthly_amount, const BillingPeriod& period) {
  return exact(monthly_amount) * period.days() / period.whole_days();
}

Exact prepay_charge(const ItemInPeriod& item, const BillingPeriod& period) {
  Exact charge = 0;
  for (const ItemStretch& stretch : item.stretches) {
    if (!stretch.item->prepay_price) continue;
    charge += exact(stretch.item->prepay_quantity) * exact(*stretch.item->prepay_price) * stretch.days;
  }
  return charge / period.whole_days();
}

}  // namespace tallystick::core
