#pragma once
#include <optional>
#include <span>
#include <vector>

#include "tallystick/core/rating.hpp"
#include "tallystick/core/result.hpp"

#pragma GCC visibility push(default)
namespace tallystick::core {

/// What became of a token product's tokens in one period (docs/domain.md, "Wallets"). Tokens, half up to 9 places.
struct Wallet {
  const Product* product = nullptr;
  Decimal starting_balance;  ///< prepaid units and allowance
  Decimal balance_increase;  ///< always 0: nothing is carried over
  Decimal consumption;       ///< what of the starting balance was used
  Decimal balance_decrease;  ///< consumption, and once the period is closed what expired
  Decimal ending_balance;
  Decimal overage;  ///< as the product's charge has it
  std::optional<Decimal> overage_rate;
  Decimal overage_charge;
};

/// The wallets of the token products (those into which a product of `catalog` rolls up) among the lines, in their
/// order.
[[nodiscard]] Result<std::vector<Wallet>, RatingFault> wallets_of(const RatedPeriod& rated,
                                                                  std::span<const Product> catalog, bool is_closed);

}  // namespace tallystick::core
#pragma GCC visibility pop
