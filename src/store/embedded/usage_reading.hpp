#pragma once
#include <rocksdb/db.h>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "store/embedded/database.hpp"
#include "store/embedded/dictionary.hpp"
#include "store/embedded/event_blocks.hpp"
#include "store/embedded/pair_hash.hpp"
#include "store/embedded/rollup_slots.hpp"
#include "store/embedded/stored_event.hpp"
#include "store/embedded/tail.hpp"
#include "store/store.hpp"

namespace tallystick::store::embedded {

/// The sources of one answer, all as of the same commit.
struct UsageSources {
  Database& database;
  const rocksdb::Snapshot* snapshot;
  const Dictionary& dictionary;
  const PairHasher& hasher;
  std::vector<Tail::View> tails;
};

/// One organization's usage of one range, added up from roll-ups (whole days), sealed events (part days at the ends,
/// and whole days that a void or an unsettled last quantity touches) and tails. Lives for one answer.
class UsageReading {
 public:
  UsageReading(UsageSources sources, const core::OrganizationId& organization, OrganizationNumber number,
               core::Period range);

  [[nodiscard]] Stored<std::vector<ProductUsage>> read();

 private:
  using Resources = boost::unordered_flat_set<ResourceNumber>;
  using Folds = boost::unordered_flat_map<ResourceNumber, core::AggregateFold>;
  using UseEvent = std::function<StoreStatus(const BlockEvent&)>;

  [[nodiscard]] StoreStatus find_voided();
  [[nodiscard]] StoreStatus read_rollups();
  [[nodiscard]] StoreStatus add_row(ProductNumber product, std::uint32_t month, ResourceNumber resource,
                                    const rocksdb::Slice& slots);
  [[nodiscard]] StoreStatus read_sealed_events(ProductNumber product);
  /// Adds what the sealed events of `part`, a stretch of one day, mean within it; `only`: of these resources.
  [[nodiscard]] StoreStatus add_sealed(ProductNumber product, const core::Period& part, const Resources* only,
                                       Folds& folds);
  [[nodiscard]] StoreStatus read_tails();
  [[nodiscard]] StoreStatus settle_ties(ProductNumber product, Folds& folds);
  [[nodiscard]] Stored<std::vector<ProductUsage>> answer() const;

  /// Every sealed event of `part`, a stretch of one day, that no void took out, block by block.
  [[nodiscard]] StoreStatus each_sealed(ProductNumber product, const core::Period& part,
                                        const EventBlockReader::UseBlock& use);
  /// Of the events in memory, those of one product that no void took out.
  [[nodiscard]] StoreStatus each_in_tails(ProductNumber product, const UseEvent& use) const;
  [[nodiscard]] StoreStatus add(core::AggregateFold& fold, const BlockEvent& event, const core::Period& range) const;

  void mark_voided(const PairHash& pair, ProductNumber product, ResourceNumber resource, core::Day day);
  /// The resources of which an event on that day was voided; nullptr where there is none.
  [[nodiscard]] const Resources* touched(ProductNumber product, core::Day day) const;
  [[nodiscard]] StoreError overflow() const;

  UsageSources sources_;
  core::OrganizationId organization_;
  OrganizationNumber number_;
  core::Period range_;
  core::Period whole_days_;              // the part of the range that roll-ups answer
  std::vector<core::Period> part_days_;  // the rest: at most two stretches, each within one day
  boost::unordered_flat_set<PairHash, PairHashInTable> voided_;
  std::map<ProductNumber, std::map<core::Day, Resources>> touched_;
  std::map<ProductNumber, Folds> folds_;
  std::vector<DaySlot> slots_;  // of the row that is being read
  EventBlockReader sealed_events_;
};

}  // namespace tallystick::store::embedded
