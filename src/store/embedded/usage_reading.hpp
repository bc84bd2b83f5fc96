#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "store/embedded/event_blocks.hpp"
#include "store/embedded/resource_folds.hpp"
#include "store/embedded/rollup_entries.hpp"
#include "store/embedded/rollup_rows.hpp"
#include "store/embedded/usage_sources.hpp"
#include "store/embedded/voided_usage.hpp"
#include "store/store.hpp"

namespace tallystick::store::embedded {

/// One organization's moments of one range, added up product by product: from roll-ups, from sealed events (of days
/// that a void, an unsettled last quantity or the edge of the range touches) and from tails. Lives for one answer.
class UsageReading {
 public:
  /// `range` is not empty and begins no earlier than 1970.
  UsageReading(UsageSources sources, core::Period range);

  [[nodiscard]] StoreStatus read(const UsageSnapshot::IsPooled& is_pooled, const UsageSnapshot::UseProduct& use);

 private:
  struct OfProduct {
    std::string_view key;
    bool is_pooled = false;
    bool has_rows = false;
    core::AggregateFold pool;  // what the entries of a pooled product amount to
    /// Days of which events decide instead of entries: of these resources, or of all of a pooled product.
    std::map<core::Day, VoidedUsage::Resources> recounted;
  };
  using Products = std::map<ProductNumber, OfProduct>;
  struct MonthOfProduct {
    OfProduct& product;
    const VoidedUsage::Days* voided = nullptr;  // of the product; nullptr where there are none
    core::Day start;
  };

  [[nodiscard]] StoreStatus find_products(const UsageSnapshot::IsPooled& is_pooled);
  [[nodiscard]] Stored<OfProduct*> product(ProductNumber number, const UsageSnapshot::IsPooled& is_pooled);
  [[nodiscard]] StoreStatus add_up(ProductNumber number, OfProduct& product);
  [[nodiscard]] StoreStatus add_rows(ProductNumber number, OfProduct& product);
  /// Adds an entry that counts whole; of another says that its events decide.
  [[nodiscard]] StoreStatus add_entry(const MonthOfProduct& month, const RollupEntry& entry);
  [[nodiscard]] StoreStatus add_sealed_events(ProductNumber number, const OfProduct& product);
  [[nodiscard]] StoreStatus add_tails(ProductNumber number, const OfProduct& product);
  [[nodiscard]] StoreStatus settle_ties(ProductNumber number);
  void hand_over(const OfProduct& product, const UsageSnapshot::UseProduct& use);

  /// Every sealed moment of `part`, a stretch of one day, that no void took out, block by block.
  [[nodiscard]] StoreStatus each_sealed(ProductNumber number, const core::Period& part,
                                        const EventBlockReader::UseBlock& use);
  /// Whether an event in memory is a moment of the range that no void took out.
  [[nodiscard]] bool counts(const TailEvent& event) const;
  [[nodiscard]] StoreError cut_short() const;
  [[nodiscard]] StoreError overflow() const;

  UsageSources sources_;
  core::Period range_;
  core::Day first_day_;
  core::Day last_day_;
  std::uint32_t first_month_;
  std::uint32_t last_month_;
  VoidedUsage voided_;
  Products products_;
  std::unique_ptr<rocksdb::Iterator> row_;
  EventBlockReader sealed_events_;
  ResourceFolds folds_;  // of the product that is being added up
  std::vector<core::ResourceUsage> answer_;
};

}  // namespace tallystick::store::embedded
