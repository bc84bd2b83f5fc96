#pragma once
#include <boost/unordered/unordered_flat_set.hpp>
#include <map>

#include "store/embedded/stored_event.hpp"
#include "store/embedded/touched_days.hpp"
#include "store/embedded/usage_sources.hpp"
#include "store/embedded/voided_events.hpp"
#include "store/store.hpp"

namespace tallystick::store::embedded {

/// Which events voids took out, and which resources of which days they touch: roll-up and presence count them still, so
/// that a reader leaves out what is touched and takes it from the day's events.
class VoidedUsage {
 public:
  using Resources = boost::unordered_flat_set<core::ResourceNumber>;
  using Days = std::map<core::Day, Resources>;

  void mark(const PairHash& pair, ProductNumber product, core::ResourceNumber resource, core::Day day);
  void clear();

  [[nodiscard]] bool is_empty() const { return pairs_.empty(); }
  [[nodiscard]] bool contains(const PairHash& pair) const { return pairs_.contains(pair); }
  /// The days on which an event of the product was voided; nullptr where there is none.
  [[nodiscard]] const Days* days_of(ProductNumber product) const;
  /// The resources of which an event on that day was voided; nullptr where there is none.
  [[nodiscard]] const Resources* touched(ProductNumber product, core::Day day) const;

 private:
  boost::unordered_flat_set<PairHash, PairHashInTable> pairs_;
  std::map<ProductNumber, Days> days_;
};

/// What voids took out of the moments of the days [first, last].
[[nodiscard]] Stored<VoidedUsage> find_voided_moments(const UsageSources& sources, core::Day first, core::Day last);

/// What voids took out of intervals, one day at a time, for a voided interval may touch a year of days.
class VoidedIntervals {
 public:
  /// Of the days [first, last]. Borrows `sources`.
  VoidedIntervals(const UsageSources& sources, core::Day first, core::Day last);

  /// Whether an interval in memory was voided.
  [[nodiscard]] bool is_voided_in_tail(const PairHash& pair) const { return in_tails_.contains(pair); }
  /// What touches sealed intervals of a day, later than the one before; valid until the next call.
  [[nodiscard]] Stored<const VoidedUsage*> on(core::Day day);

 private:
  boost::unordered_flat_set<PairHash, PairHashInTable> in_tails_;
  TouchedDays<const VoidedEvent*> tail_days_;
  VoidedDayReader sealed_;
  VoidedUsage of_day_;
};

}  // namespace tallystick::store::embedded
