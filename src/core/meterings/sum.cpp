#include "core/meterings/quantity_meter.hpp"

namespace tallystick::core {
namespace {

/// Every quantity, added up.
class SumMeter final : public QuantityMeter {
  Result<Decimal, DecimalFault> with(Decimal total, const ResourceAggregate& usage) const override {
    return total.plus(usage.sum);
  }
};

}  // namespace

std::unique_ptr<Meter> make_sum_meter(Family, const Period&) {
  return std::make_unique<SumMeter>();
}

}  // namespace tallystick::core
