#include "core/meterings/quantity_meter.hpp"

#include <utility>

namespace tallystick::core {

Status<DecimalFault> QuantityMeter::add(std::size_t, std::span<const ResourceUsage> resources) {
  metered_.resources.reserve(metered_.resources.size() + resources.size());
  for (const ResourceUsage& each : resources) {
    const auto total = with(metered_.total, each.usage);
    if (!total) return fail(total.error());
    metered_.total = *total;
    metered_.resources.push_back({each.resource, each.usage.first_seen});
  }
  return {};
}

Result<std::vector<std::optional<Metered>>, DecimalFault> QuantityMeter::finish() {
  std::vector<std::optional<Metered>> metered(1);
  if (!metered_.resources.empty()) metered.front() = std::move(metered_);
  return metered;
}

}  // namespace tallystick::core
