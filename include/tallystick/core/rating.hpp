#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tallystick/core/billing_period.hpp"
#include "tallystick/core/catalog.hpp"
#include "tallystick/core/contract.hpp"
#include "tallystick/core/decimal.hpp"
#include "tallystick/core/result.hpp"

#pragma GCC visibility push(default)
/// What usage costs under a contract (domain.md, "Contracts and billing periods" and "The small print", Overview).
/// Pure, on exact rationals; each charge is rounded once, half up to the currency's minor unit.
namespace tallystick::core {

/// What was used of a product in the period, by its own metering.
struct ProductQuantity {
  const Product* product = nullptr;
  Decimal quantity;
};

/// One line of an overview with what it costs.
struct RatedLine {
  enum class Kind {
    product,
    rollup_part,  ///< converts into a token product: no prices, no charge
    fair_use,     ///< the allowance of the product before it: no prices, no charge
  };
  Kind kind = Kind::product;
  const Product* product = nullptr;
  /// Of a token product its own usage and that of its parts, half up to 9 places; of a fair-use line what of the
  /// allowance was used.
  Decimal usage_quantity;
  Decimal prepay_quantity;                 ///< the highest in force on any day of the period
  std::optional<Decimal> prepay_price;     ///< in force on the last day
  std::optional<Decimal> overage_price;    ///< in force on the last day: the item's, its first tier's or the list price
  std::optional<Decimal> bundle_quantity;  ///< in force on the last day; of a fair-use line the whole allowance
  std::string usage_notes;                 ///< the item's, with its price tiers
  Decimal prepaid_units;                   ///< the highest prepay quantity × bundle quantity, half up to 9 places
  std::optional<Decimal> allowance;        ///< what fair use grants, half up to 9 places; absent: nothing is granted
  Decimal overage_quantity;                ///< half up to 9 places
  Decimal charge;                          ///< rounded half up to the currency's minor unit
  /// The part of `charge` for overage, rounded half up to the minor unit by itself; what is left of `charge` is for
  /// what was prepaid, so that both add up.
  Decimal overage_charge;
  std::optional<Decimal> converted_tokens;  ///< of a part: the tokens that its usage comes to, half up to 9 places
};

/// What a billing period comes to.
struct RatedPeriod {
  bool is_ramp = false;
  std::vector<RatedLine> lines;  ///< products by name in byte order, a fair-use line after its product
  /// What is missing to the prorated minimum monthly amount, rounded half up; zero in a ramp period.
  Decimal minimum_difference;
};

enum class RatingFault {
  overflow,          ///< a quantity or an amount of more than 29 digits before the point
  unknown_currency,  ///< the contract's currency is none of ISO 4217
};

/// The lines of one period. `usage` has every product with usage in it; `catalog` holds the products that items,
/// grants and roll-ups name; what they name and it lacks is passed over.
[[nodiscard]] Result<RatedPeriod, RatingFault> rate(const Contract& contract, const BillingPeriod& period,
                                                    std::span<const Product> catalog,
                                                    std::span<const ProductQuantity> usage);

/// What is noted of an item, with its price tiers: `calls out; 0-1000000 at 0.0002, above at 0.0001`. May be empty.
[[nodiscard]] std::string usage_notes_of(const ContractItem& item);

/// True for licences: groupings that end in `-license`.
[[nodiscard]] bool is_license(const Product& product);

/// A period is ramp when its start lies in [ramp start, ramp end).
[[nodiscard]] bool is_ramp_period(const Contract& contract, const BillingPeriod& period);

}  // namespace tallystick::core
#pragma GCC visibility pop
