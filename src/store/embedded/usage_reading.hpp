#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "store/embedded/event_blocks.hpp"
#include "store/embedded/rollup_slots.hpp"
#include "store/embedded/usage_sources.hpp"
#include "store/embedded/voided_usage.hpp"
#include "store/store.hpp"

namespace tallystick::store::embedded {

/// One organization's moments of one range, added up from roll-ups (whole days), sealed events (part days at the ends,
/// and whole days that a void or an unsettled last quantity touches) and tails. Lives for one answer.
class UsageReading {
 public:
  UsageReading(UsageSources sources, core::Period range);

  [[nodiscard]] Stored<std::vector<ProductUsage>> read();

 private:
  using Folds = boost::unordered_flat_map<core::ResourceNumber, core::AggregateFold>;
  struct OfProduct {
    Folds folds;
    /// Of the part days those that have a sealed moment: the events of the others are intervals.
    std::set<core::Day> part_days;
  };

  [[nodiscard]] StoreStatus read_rollups();
  [[nodiscard]] StoreStatus add_row(const RollupKey& row, const rocksdb::Slice& slots);
  [[nodiscard]] StoreStatus read_sealed_events(ProductNumber product, OfProduct& of_product);
  /// Adds the sealed moments of `part`, a stretch of one day; `only`: of these resources.
  [[nodiscard]] StoreStatus add_sealed(ProductNumber product, const core::Period& part,
                                       const VoidedUsage::Resources* only, Folds& folds);
  [[nodiscard]] StoreStatus read_tails();
  [[nodiscard]] StoreStatus settle_ties(ProductNumber product, Folds& folds);
  [[nodiscard]] Stored<std::vector<ProductUsage>> answer() const;

  /// Every sealed moment of `part`, a stretch of one day, that no void took out, block by block.
  [[nodiscard]] StoreStatus each_sealed(ProductNumber product, const core::Period& part,
                                        const EventBlockReader::UseBlock& use);
  /// Whether an event in memory is a moment of the range that no void took out.
  [[nodiscard]] bool counts(const TailEvent& event) const;
  [[nodiscard]] StoreStatus add(core::AggregateFold& fold, const core::MeteredEvent& event) const;
  [[nodiscard]] StoreError overflow() const;

  UsageSources sources_;
  core::Period range_;
  core::Period whole_days_;              // the part of the range that roll-ups answer
  std::vector<core::Period> part_days_;  // the rest: at most two stretches, each within one day
  VoidedUsage voided_;
  std::map<ProductNumber, OfProduct> products_;
  std::vector<DaySlot> slots_;  // of the row that is being read
  EventBlockReader sealed_events_;
};

}  // namespace tallystick::store::embedded
