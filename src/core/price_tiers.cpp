#include "core/price_tiers.hpp"

#include <algorithm>

namespace tallystick::core {

std::vector<TierPart> tier_parts(std::span<const PriceTier> tiers, const Exact& overage) {
  std::vector<TierPart> parts;
  Exact from = 0;
  for (const PriceTier& tier : tiers) {
    const Exact to = tier.up_to ? std::min(overage, exact(*tier.up_to)) : overage;
    if (to > from) parts.push_back({to - from, tier.price});
    if (!tier.up_to || overage <= exact(*tier.up_to)) break;
    from = exact(*tier.up_to);
  }
  return parts;
}

}  // namespace tallystick::core
