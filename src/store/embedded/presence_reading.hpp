#pragma once
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "store/embedded/event_blocks.hpp"
#include "store/embedded/presence_blocks.hpp"
#include "store/embedded/touched_days.hpp"
#include "store/embedded/usage_sources.hpp"
#include "store/embedded/voided_usage.hpp"
#include "store/store.hpp"

namespace tallystick::store::embedded {

/// One organization's intervals of one range, day by day: from sealed presence, from the sealed events of what a void
/// touches, and from tails. Holds one day and what the tails hold. Lives for one answer.
class PresenceReading {
 public:
  /// `range` is not empty and begins no earlier than 1970.
  PresenceReading(UsageSources sources, core::Period range);
  PresenceReading(const PresenceReading&) = delete;
  PresenceReading& operator=(const PresenceReading&) = delete;

  [[nodiscard]] StoreStatus read(const UsageSnapshot::UseDay& use);

 private:
  struct TailInterval {
    ProductNumber product{};
    core::ResourceNumber resource{};
    core::Period interval;
  };
  using TailDays = TouchedDays<TailInterval>;
  struct OfProduct {
    std::string_view key;
    std::vector<core::Presence> pieces;  // of the day that is being read
  };

  [[nodiscard]] TailDays find_in_tails() const;
  /// The next day on which there may be presence; absent after the last one.
  [[nodiscard]] Stored<std::optional<core::Day>> next_day() const;
  [[nodiscard]] StoreStatus read_sealed(core::Day day);
  /// Takes the resources that a void touches from the events of the day.
  [[nodiscard]] StoreStatus recount(core::Day day, ProductNumber product, std::vector<core::Presence>& pieces,
                                    const VoidedUsage& voided);
  void read_tails(core::Day day);
  [[nodiscard]] StoreStatus hand_over(core::Day day, const UsageSnapshot::UseDay& use);
  [[nodiscard]] StoreStatus find_key(ProductNumber product, OfProduct& of_product) const;

  UsageSources sources_;
  core::Period range_;
  core::Day last_day_;
  VoidedIntervals voided_;
  TailDays tail_days_;
  PresenceBlockReader blocks_;
  EventBlockReader sealed_events_;
  std::map<ProductNumber, OfProduct> products_;
  std::vector<core::ProductPresence> answer_;
};

}  // namespace tallystick::store::embedded
