#include <algorithm>

#include "core/meterings/quantity_meter.hpp"

namespace tallystick::core {
namespace {

/// The largest single quantity of any resource.
class MaxMeter final : public QuantityMeter {
  Result<Decimal, DecimalFault> with(Decimal total, const ResourceAggregate& usage) const override {
    return std::max(total, usage.max);
  }
};

}  // namespace

std::unique_ptr<Meter> make_max_meter(Family, const Period&) {
  return std::make_unique<MaxMeter>();
}

}  // namespace tallystick::core
