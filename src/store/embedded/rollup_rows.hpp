#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/embedded/stored_event.hpp"

/// The roll-up: what resources' sealed moments (events without `until`) amount to, day by day, voided ones included. A
/// row has many resources.
///
///     key    organization, product, month, resource range
///     value  entries (rollup_entries.hpp), one a resource and day
///
/// And the same of all resources of a product taken for one: what an overview reads of most products, and where every
/// reader finds which products have rows at all. All products of an organization and month are one row.
///
///     key    organization, all_products, month, ResourceRange::all
///     value  entries with the product's number for a resource's; last quantities mean nothing
namespace tallystick::store::embedded {

/// Months since year 0, in the order of time.
[[nodiscard]] std::uint32_t month_of(core::Day day);
[[nodiscard]] core::Day first_day_of(std::uint32_t month);

/// Which resources share a row. A seal that brings little of a product's month writes all of it into one row, whatever
/// the resources' numbers are; one that brings much makes rows of resources whose numbers lie side by side, so that no
/// row grows without bound. A resource may therefore be in two rows of a month.
enum class ResourceRange : std::uint32_t { all = 0 };
inline constexpr unsigned resource_range_bits = 14;
/// A seal that brings more moments of a product's month than this divides them into ranges.
inline constexpr std::size_t undivided_moments_max = 1024;
[[nodiscard]] constexpr ResourceRange range_of(ResourceNumber resource) {
  return ResourceRange{1 + (value_of(resource) >> resource_range_bits)};
}

struct RollupKey {
  OrganizationNumber organization{};
  ProductNumber product{};
  std::uint32_t month = 0;
  ResourceRange range = ResourceRange::all;
  friend bool operator==(const RollupKey&, const RollupKey&) = default;
};
[[nodiscard]] std::string rollup_key(const RollupKey& key);
/// Absent where the key is none of ours.
[[nodiscard]] std::optional<RollupKey> read_rollup_key(std::string_view key);

/// Stands where a row's product would, in rows of all products.
inline constexpr ProductNumber all_products{0xFFFFFFFF};
/// The number of a product in the entries of such a row, and the other way round.
[[nodiscard]] constexpr ResourceNumber pooled(ProductNumber product) {
  return ResourceNumber{value_of(product)};
}
[[nodiscard]] constexpr ProductNumber product_of(ResourceNumber pooled) {
  return ProductNumber{value_of(pooled)};
}

}  // namespace tallystick::store::embedded
