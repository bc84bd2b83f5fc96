#include "tallystick/core/metering.hpp"

#include <algorithm>

namespace tallystick::core {
namespace {

// One resource's part in the product's total. `unique` counts heads; the others carry a quantity on.
Result<Decimal, DecimalFault> fold(MeteringKind kind, Decimal total, const ResourceAggregate& usage) {
  switch (kind) {
    case MeteringKind::unique:
      return total.plus(Decimal::from_integer(1));
    case MeteringKind::sum:
      return total.plus(usage.sum);
    case MeteringKind::latest:
      return total.plus(usage.last_quantity);
    case MeteringKind::max:
      return std::max(total, usage.max);
    case MeteringKind::duration:
    case MeteringKind::concurrent:
      break;
  }
  return total;
}

}  // namespace

Result<MeteredUsage, DecimalFault> meter(MeteringKind kind, std::span<const ResourceUsage> resources) {
  MeteredUsage metered;
  metered.resources.reserve(resources.size());
  for (const ResourceUsage& resource : resources) {
    const auto total = fold(kind, metered.total, resource.usage);
    if (!total) return fail(total.error());
    metered.total = *total;
    metered.resources.push_back({resource.name, resource.usage.first_seen});
  }
  std::sort(metered.resources.begin(), metered.resources.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return metered;
}

std::string_view to_string(MeteringKind kind) {
  switch (kind) {
    case MeteringKind::unique:
      return "unique";
    case MeteringKind::sum:
      return "sum";
    case MeteringKind::max:
      return "max";
    case MeteringKind::latest:
      return "latest";
    case MeteringKind::duration:
      return "duration";
    case MeteringKind::concurrent:
      return "concurrent";
  }
  return "unknown";
}

}  // namespace tallystick::core
