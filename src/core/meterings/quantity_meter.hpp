#pragma once
#include "core/meterings/meterings.hpp"

namespace tallystick::core {

/// What sum, max and latest share: every resource counts from its first event on, and each has its part in the total.
class QuantityMeter : public Meter {
 public:
  Status<DecimalFault> add(std::size_t product, std::span<const ResourceUsage> resources) final;
  Result<std::vector<std::optional<Metered>>, DecimalFault> finish() final;

 protected:
  /// `total` with the part of one more resource.
  [[nodiscard]] virtual Result<Decimal, DecimalFault> with(Decimal total, const ResourceAggregate& usage) const = 0;

 private:
  Metered metered_;
};

}  // namespace tallystick::core
