#include "app/open_periods.hpp"

namespace tallystick::app {

ClosedStarts::ClosedStarts(std::span<const store::ClosedPeriod> closed) {
  for (const store::ClosedPeriod& each : closed) starts_.emplace(each.contract.id, each.start);
}

bool ClosedStarts::has(const core::Contract& contract, const core::BillingPeriod& period) const {
  return starts_.contains({contract.id, period.start});
}

// Contracts of one organization do not overlap, so the order of contracts is that of their periods.
std::vector<core::IndexedPeriod> open_periods(std::span<const core::Contract> contracts, const ClosedStarts& closed,
                                              core::Day last) {
  std::vector<core::IndexedPeriod> open;
  for (const core::Contract& contract : contracts) {
    for (const core::BillingPeriod& period : core::billing_periods_until(contract, last)) {
      if (!closed.has(contract, period)) open.push_back({&contract, period});
    }
  }
  return open;
}

std::optional<core::IndexedPeriod> earliest_open_period(std::span<const core::Contract> contracts,
                                                        const ClosedStarts& closed) {
  for (const core::Contract& contract : contracts) {
    // Step by step: a contract may be agreed for thousands of years.
    auto period = core::billing_period_containing(contract, contract.effective);
    while (period && closed.has(contract, *period)) period = core::billing_period_containing(contract, period->end);
    if (period) return core::IndexedPeriod{&contract, *period};
  }
  return std::nullopt;
}

}  // namespace tallystick::app
