#include "app/counted_usage.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "app/store_problem.hpp"

namespace tallystick::app {
namespace {

core::Problem internal(std::string_view product, std::string_view what) {
  return {core::ProblemKind::internal, "product " + std::string(product) + ": " + std::string(what), {}, 0};
}

Result<core::MeteredUsage, core::Problem> metered(const core::Product& product,
                                                  const std::vector<core::ResourceUsage>& resources) {
  if (!core::is_metered_by_aggregate(product.metering.kind)) {
    return fail(
        internal(product.key, "this version cannot count by " + std::string(core::to_string(product.metering.kind))));
  }
  auto usage = core::meter(product.metering.kind, resources);
  if (!usage) return fail(internal(product.key, core::to_string(usage.error())));
  return std::move(*usage);
}

}  // namespace

Result<std::vector<CountedUsage>, core::Problem> counted_usage(const store::UsageSnapshot& usage,
                                                               const CatalogSnapshot& catalog,
                                                               const core::OrganizationId& organization,
                                                               core::Period period, core::TimePoint now) {
  std::vector<CountedUsage> counted;
  // What lies ahead of the clock waits; the clock's own millisecond has been reached (docs/domain.md).
  const core::Period until_now{period.start, std::min(period.end, now + core::milliseconds{1})};
  if (until_now.is_empty()) return counted;

  const auto used = usage.usage(organization, until_now);
  if (!used) return fail(problem_of(used.error()));
  for (const store::ProductUsage& each : *used) {
    const core::Product* product = catalog.product(each.product);
    if (product == nullptr) return fail(internal(each.product, "has usage and is not in the catalog"));
    auto in_product = metered(*product, each.resources);
    if (!in_product) return fail(std::move(in_product.error()));
    if (!in_product->resources.empty()) counted.push_back({product, std::move(*in_product)});
  }
  return counted;
}

}  // namespace tallystick::app
