#pragma once
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "store/billing_records.hpp"
#include "tallystick/core/billing_period.hpp"

namespace tallystick::app {

/// Which periods of an organization are closed, for many look-ups.
class ClosedStarts {
 public:
  explicit ClosedStarts(std::span<const store::ClosedPeriod> closed);
  [[nodiscard]] bool has(const core::Contract& contract, const core::BillingPeriod& period) const;

 private:
  std::set<std::pair<core::Uuid, core::Day>> starts_;
};

/// The periods that begin on `last` or before and are not closed, by their start. `contracts`: of one organization, by
/// effective date.
[[nodiscard]] std::vector<core::IndexedPeriod> open_periods(std::span<const core::Contract> contracts,
                                                            const ClosedStarts& closed, core::Day last);

/// The first period that is not closed, whenever it begins: the one in which late events of closed ones are billed.
/// Absent: the last contract has ended, and all is closed.
[[nodiscard]] std::optional<core::IndexedPeriod> earliest_open_period(std::span<const core::Contract> contracts,
                                                                      const ClosedStarts& closed);

}  // namespace tallystick::app
