#include "app/counted_usage.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "app/store_problem.hpp"
#include "tallystick/core/metering_families.hpp"

namespace tallystick::app {
namespace {

using Failure = core::PeriodMetering::Failure;
using Products = Result<std::vector<core::MeteredProduct>, core::Problem>;

core::Problem internal(const Failure& failure) {
  const bool is_unknown = failure.fault == core::PeriodMetering::Fault::unknown_product;
  return {core::ProblemKind::internal,
          "product " + std::string(failure.product) +
              (is_unknown ? " has usage and is not in the catalog" : ": its total has more than 29 digits"),
          {},
          0};
}

// What lies ahead of the clock waits. Its own millisecond has been reached, but no time has passed in it: a moment in
// it counts, an interval ends before it (docs/domain.md).
Products metered_products(const store::UsageSnapshot& usage, const CatalogSnapshot& catalog,
                          const UsageQuestion& question) {
  const core::OrganizationId& organization = question.organization;
  const core::Period& asked = question.period;
  const core::Period reached{asked.start, std::min(asked.end, question.now + core::milliseconds{1})};
  const core::Period passed{asked.start, std::min(asked.end, question.now)};
  if (reached.is_empty()) return std::vector<core::MeteredProduct>();
  core::PeriodMetering metering(catalog.metering_families(), passed);
  const auto is_pooled = [&](std::string_view key) {
    const core::Product* product = catalog.product(key);
    return question.detail == UsageQuestion::Detail::totals && product != nullptr &&
           core::rule_of(product->metering.kind).is_pooled;
  };
  std::optional<core::Problem> refused;
  const auto moments = usage.usage(organization, reached, is_pooled, [&](const store::ProductUsage& each) {
    if (refused) return;
    if (auto added = metering.add(each.product, each.resources); !added) refused = internal(added.error());
  });
  if (!moments) return fail(problem_of(moments.error()));
  if (refused) return fail(std::move(*refused));
  const auto read =
      usage.presence(organization, passed, [&](core::Day day, std::span<const core::ProductPresence> products) {
        if (refused) return;
        if (auto added = metering.add_day(day, products); !added) refused = internal(added.error());
      });
  if (!read) return fail(problem_of(read.error()));
  if (refused) return fail(std::move(*refused));
  auto finished = metering.finish();
  if (!finished) return fail(internal(finished.error()));
  return std::move(*finished);
}

Result<std::vector<core::ListedResource>, core::Problem> listed(const store::UsageSnapshot& usage,
                                                                const core::Metered& metered) {
  std::vector<core::ResourceNumber> numbers;
  numbers.reserve(metered.resources.size());
  for (const core::Metered::Resource& resource : metered.resources) numbers.push_back(resource.resource);
  const auto names = usage.names_of(numbers);
  if (!names) return fail(problem_of(names.error()));
  return core::listed_resources(metered, *names);
}

}  // namespace

Result<std::vector<CountedUsage>, core::Problem> counted_usage(const store::UsageSnapshot& usage,
                                                               const CatalogSnapshot& catalog,
                                                               const UsageQuestion& question) {
  std::vector<CountedUsage> counted;
  auto products = metered_products(usage, catalog, question);
  if (!products) return fail(std::move(products.error()));
  for (core::MeteredProduct& each : *products) {
    CountedUsage& product = counted.emplace_back();
    product.product = each.product;
    product.total = each.metered.total;
    product.concurrency = std::move(each.metered.concurrency);
    if (question.detail == UsageQuestion::Detail::totals) continue;
    auto resources = listed(usage, each.metered);
    if (!resources) return fail(std::move(resources.error()));
    product.resources = std::move(*resources);
  }
  std::ranges::sort(counted, {}, [](const CountedUsage& each) -> const std::string& { return each.product->name; });
  return counted;
}

}  // namespace tallystick::app
