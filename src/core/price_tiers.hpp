#pragma once
#include <span>
#include <vector>

#include "core/exact_number.hpp"
#include "tallystick/core/contract.hpp"

namespace tallystick::core {

/// The overage units that lie in one tier, and its price.
struct TierPart {
  Exact units;
  Decimal price;
};

/// Overage by graduated prices (docs/domain.md, "Items and amendments"): each tier's price holds for the units that lie
/// in it. Tiers without units are left out.
[[nodiscard]] std::vector<TierPart> tier_parts(std::span<const PriceTier> tiers, const Exact& overage);

}  // namespace tallystick::core
