#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tallystick/core/billing_period.hpp"
#include "tallystick/core/contract.hpp"
#include "tallystick/core/rating.hpp"
#include "tallystick/core/result.hpp"

#pragma GCC visibility push(default)
/// What an invoice asks for, line by line (docs/domain.md, "Invoices" and "Adjustments"). Pure; every amount has the
/// minor digits of the contract's currency, and nothing is rounded here that rating did not round.
namespace tallystick::core {

/// One thing that is billed: a product's charge in a period, or the difference to the period's minimum.
struct BilledThing {
  Uuid contract;
  Day period_start;
  std::string product;  ///< key; empty: the minimum's difference
  friend auto operator<=>(const BilledThing&, const BilledThing&) = default;
};

/// What one invoice billed for one thing, prepay and overage together.
struct BilledAmount {
  BilledThing thing;
  Decimal amount;
  Decimal overage_quantity;
  friend bool operator==(const BilledAmount&, const BilledAmount&) = default;
};

/// One line of an invoice: what is charged, or how much a charge of an earlier period changed.
struct InvoiceLine {
  enum class Kind { prepay, overage, minimum, adjustment, credit };
  Kind kind = Kind::prepay;
  BilledThing thing;
  Day start;  ///< of the period that it is for
  Day end;    ///< exclusive
  /// Prepay: the highest prepay quantity. Overage: the overage. Minimum, credit: 1. Adjustment: by how much the overage
  /// changed (negative where it shrank), 1 where it did not.
  Decimal quantity;
  /// The amount is quantity × unit price, rounded half up. Absent: it is not one price's (proration, tiers, minimum,
  /// adjustment, rounded together with the overage).
  std::optional<Decimal> unit_price;
  Decimal amount;  ///< negative where money is given back
  /// How the amount comes about, with exact numbers: `80 at 140.00 for 15 of 31 days, 100 at 138.00 for 16 of 31 days`.
  std::string description;
  /// What it adds to the overage that was billed for the thing; negative where an adjustment takes some back.
  Decimal overage_quantity;
};

/// The lines of a period by itself: for each product with a charge prepay and overage apart, in the order of the rated
/// lines, then the minimum's difference. No line has amount 0.
[[nodiscard]] std::vector<InvoiceLine> period_lines(const Contract& contract, const BillingPeriod& period,
                                                    const RatedPeriod& rated);

/// What is still to be billed, or to be given back, for a closed period that was rated anew with all its events: for
/// each thing its charge now minus all that was billed for it (`billed`: of any periods, only this one's are looked
/// at), where the two differ. Products by name, then the minimum.
[[nodiscard]] Result<std::vector<InvoiceLine>, RatingFault> adjustment_lines(const Contract& contract,
                                                                             const BillingPeriod& period,
                                                                             const RatedPeriod& rated,
                                                                             std::span<const Product> products,
                                                                             std::span<const BilledAmount> billed);

/// What the lines bill, thing by thing, in the order of the first line of each. Credits bill nothing.
[[nodiscard]] Result<std::vector<BilledAmount>, RatingFault> billed_by(std::span<const InvoiceLine> lines);

/// The sum of the lines.
[[nodiscard]] Result<Decimal, RatingFault> amount_of(std::span<const InvoiceLine> lines);

}  // namespace tallystick::core
#pragma GCC visibility pop
