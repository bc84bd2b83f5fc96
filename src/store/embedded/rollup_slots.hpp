#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/embedded/stored_event.hpp"

namespace rocksdb {
class MergeOperator;
}

/// The roll-up: what a resource's sealed moments (events without `until`) amount to, day by day, voided ones included.
/// One row a month.
///
///     key    organization, product, month, resource
///     value  day slots in the order of the days
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

/// A resource's aggregate over one day.
struct DaySlot {
  core::Day day;
  core::AggregateFold fold;
};

/// Slots of one month, in the order of the days.
[[nodiscard]] std::string encode_slots(std::uint32_t month, const std::vector<DaySlot>& slots);
/// Replaces what `slots` holds; false where the bytes break the format.
[[nodiscard]] bool decode_slots(std::uint32_t month, std::string_view bytes, std::vector<DaySlot>& slots);

/// Adds up the slots of the same day when rows of several seals meet in a compaction or a read.
[[nodiscard]] std::shared_ptr<rocksdb::MergeOperator> make_rollup_merge();

}  // namespace tallystick::store::embedded
