#pragma once
#include <boost/unordered/unordered_flat_set.hpp>
#include <optional>
#include <string_view>

#include "store/embedded/event_blocks.hpp"
#include "store/embedded/usage_sources.hpp"
#include "store/store.hpp"

namespace tallystick::store::embedded {

/// One organization's events themselves: from sealed blocks and from tails, past all roll-ups and presence. Lives for
/// one answer.
class EventReading {
 public:
  explicit EventReading(UsageSources sources);

  /// Every event that covers a moment of `range` and that no void took out, once. `range` is not empty and begins no
  /// earlier than 1970.
  [[nodiscard]] StoreStatus read(const core::Period& range, const UsageSnapshot::UseEvent& use);

  /// The days of which events cover a moment, voided ones included; absent where there are none.
  [[nodiscard]] Stored<std::optional<core::Period>> days();

 private:
  [[nodiscard]] StoreStatus find_voided(core::Day first, core::Day last);
  [[nodiscard]] StoreStatus read_sealed(const core::Period& range, core::Day first, core::Day last,
                                        const UsageSnapshot::UseEvent& use);
  [[nodiscard]] StoreStatus read_tails(const core::Period& range, const UsageSnapshot::UseEvent& use);
  [[nodiscard]] Stored<std::string_view> key_of(ProductNumber product) const;

  UsageSources sources_;
  EventBlockReader blocks_;
  boost::unordered_flat_set<PairHash, PairHashInTable> voided_;
};

}  // namespace tallystick::store::embedded
