#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/embedded/byte_codec.hpp"
#include "store/embedded/stored_event.hpp"

namespace rocksdb {
class MergeOperator;
}

/// The roll-up: what a resource's sealed moments (events without `until`) amount to, day by day, voided ones included.
/// One row a month.
///
///     key    organization, product, month, resource
///     value  day slots in the order of the days
///
/// And the same of all resources of a product taken for one: what an overview reads of most products, and where every
/// reader finds which products and months have rows at all. These lie side by side, after an organization's products.
///
///     key    organization, all_products, month, product
///     value  day slots in the order of the days; last quantities mean nothing
namespace tallystick::store::embedded {

/// Months since year 0, in the order of time.
[[nodiscard]] std::uint32_t month_of(core::Day day);
[[nodiscard]] core::Day first_day_of(std::uint32_t month);

struct RollupKey {
  OrganizationNumber organization{};
  ProductNumber product{};
  std::uint32_t month = 0;
  ResourceNumber resource{};
  friend bool operator==(const RollupKey&, const RollupKey&) = default;
};
[[nodiscard]] std::string rollup_key(const RollupKey& key);
/// Absent where the key is none of ours.
[[nodiscard]] std::optional<RollupKey> read_rollup_key(std::string_view key);

/// Stands where a row's product would, in rows of all resources of a product; these have the product for resource.
inline constexpr ProductNumber all_products{0xFFFFFFFF};
[[nodiscard]] constexpr RollupKey product_rollup_key(OrganizationNumber organization, std::uint32_t month,
                                                     ProductNumber product) {
  return {organization, all_products, month, ResourceNumber{static_cast<std::uint32_t>(product)}};
}

/// A resource's aggregate over one day.
struct DaySlot {
  core::Day day;
  core::AggregateFold fold;
};

/// Reads a row's slots one by one.
class SlotReader {
 public:
  SlotReader(core::Day month_start, std::string_view bytes) : reader_(bytes), month_start_(month_start) {}

  /// False, and `slot` has no meaning, after the last one and where the bytes break the format.
  [[nodiscard]] bool next(DaySlot& slot);
  /// Whether all was read, and made sense.
  [[nodiscard]] bool is_done() const { return reader_.is_done(); }

 private:
  ByteReader reader_;
  core::Day month_start_;
};

inline constexpr std::size_t days_per_month_max = 31;

/// One month's slots while rows of the same key are added up.
class MonthSlots {
 public:
  explicit MonthSlots(std::uint32_t month);
  /// Of this month. False: a sum overflows.
  [[nodiscard]] bool add(const DaySlot& slot);
  /// False: a sum overflows, or the bytes break the format.
  [[nodiscard]] bool add(std::string_view slots);
  [[nodiscard]] std::string encode() const;

 private:
  core::Day month_start_;
  std::array<core::AggregateFold, days_per_month_max> days_;
};

/// Slots of one month, in the order of the days.
[[nodiscard]] std::string encode_slots(std::uint32_t month, const std::vector<DaySlot>& slots);
/// Replaces what `slots` holds; false where the bytes break the format.
[[nodiscard]] bool decode_slots(std::uint32_t month, std::string_view bytes, std::vector<DaySlot>& slots);

/// Adds up the slots of the same day when rows of several seals meet in a compaction or a read.
[[nodiscard]] std::shared_ptr<rocksdb::MergeOperator> make_rollup_merge();

}  // namespace tallystick::store::embedded
