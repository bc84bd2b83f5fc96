#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/core/decimal.hpp"
#include "tallystick/wire/trustee_billing_overview.hpp"

namespace tallystick::cli {

/// What a line probably costs, worked out from the fields that an overview shows, so that it works against any service:
/// without the price tiers after the first, without proration and without the minimum.
struct LineEstimate {
  /// max(0, usage − max(prepay quantity × bundle quantity, fair-use allowance)). Absent: the line is an allowance or a
  /// part of a token product, which is never charged by itself, or a field is no plain decimal.
  std::optional<core::Decimal> overage;
  /// prepay quantity × prepay price + overage × overage price, exact, rounded once, half up to the currency's minor
  /// unit; 0 for licences in the ramp period. Absent: no overage, or a price that is needed is not there.
  std::optional<core::Decimal> amount;

  [[nodiscard]] bool has_overage() const { return overage && !overage->is_zero(); }
};

/// One for each line of the overview, in its order. A fair-use line is the allowance of the line with its part number.
[[nodiscard]] std::vector<LineEstimate> estimate_lines(const wire::TrusteeBillingOverview& overview);

/// What a table of estimates says below itself.
inline constexpr std::string_view estimate_footnote =
    "\n* An estimate from each line's own figures, before taxes, proration, further price tiers and the minimum.\n";

}  // namespace tallystick::cli
