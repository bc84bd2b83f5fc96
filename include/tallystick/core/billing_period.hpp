#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tallystick/core/contract.hpp"
#include "tallystick/core/period.hpp"

#pragma GCC visibility push(default)
namespace tallystick::core {

/// One billing period of a contract: days [start, end) in UTC, and the whole month from billing day to billing day of
/// which it is a part. The two differ where the contract begins or ends between two billing days.
struct BillingPeriod {
  Day start;
  Day end;
  Day whole_start;
  Day whole_end;

  [[nodiscard]] constexpr Period span() const { return {TimePoint{start}, TimePoint{end}}; }
  [[nodiscard]] constexpr std::int64_t days() const { return (end - start).count(); }
  /// The days by which amounts are prorated.
  [[nodiscard]] constexpr std::int64_t whole_days() const { return (whole_end - whole_start).count(); }

  friend bool operator==(const BillingPeriod&, const BillingPeriod&) = default;
};

/// The period of a contract that contains a day; absent for a day outside the contract. A billing day that a month
/// does not have falls on the month's last day.
[[nodiscard]] std::optional<BillingPeriod> billing_period_containing(const Contract& contract, Day day);

/// A period and whose it is.
struct IndexedPeriod {
  const Contract* contract = nullptr;
  BillingPeriod period;
};

/// The period that a billingPeriodIndex means at `now`: 0 contains now, 1 is the last completed one, and so on back
/// through the organization's earlier contracts; gaps are skipped. `contracts`: of one organization, by effective date,
/// without overlap. Absent: no such period.
[[nodiscard]] std::optional<IndexedPeriod> billing_period_at(std::span<const Contract> contracts, TimePoint now,
                                                             std::uint64_t index);

/// All periods of a contract that begin on `last` or before, by their start.
[[nodiscard]] std::vector<BillingPeriod> billing_periods_until(const Contract& contract, Day last);

/// The month from billing day to billing day that contains a day, whether the contract is in force or not: late events
/// are billed on as though its periods went on (docs/domain.md, "Closing").
[[nodiscard]] BillingPeriod billing_month_containing(const Contract& contract, Day day);

/// Whether a period of a contract means the same under another version of it: the same days, currency, ramp, minimum
/// and items. What is closed must (docs/domain.md, "Closing").
[[nodiscard]] bool agrees_on_period(const Contract& before, const Contract& after, const BillingPeriod& period);

/// The period's id on the wire: the UUIDv5 of `billingperiod/<start>` (yyyy-MM-dd) in the namespace of the contract's
/// id.
[[nodiscard]] Uuid billing_period_id(const Contract& contract, const BillingPeriod& period);

}  // namespace tallystick::core
#pragma GCC visibility pop
