#include "core/meterings/quantity_meter.hpp"

namespace tallystick::core {
namespace {

/// Each resource's last quantity inside the period, added up; nothing is carried over.
class LatestMeter final : public QuantityMeter {
  Result<Decimal, DecimalFault> with(Decimal total, const ResourceAggregate& usage) const override {
    return total.plus(usage.last_quantity);
  }
};

}  // namespace

std::unique_ptr<Meter> make_latest_meter(Family, const Period&) {
  return std::make_unique<LatestMeter>();
}

}  // namespace tallystick::core
