#include "tallystick/core/wallet.hpp"

#include <algorithm>

namespace tallystick::core {
namespace {

bool is_token_product(const Product& product, std::span<const Product> catalog) {
  return std::any_of(catalog.begin(), catalog.end(),
                     [&](const Product& part) { return part.rolls_up && part.rolls_up->into == product.key; });
}

}  // namespace

Result<std::vector<Wallet>, RatingFault> wallets_of(const RatedPeriod& rated, std::span<const Product> catalog,
                                                    bool is_closed) {
  std::vector<Wallet> wallets;
  for (const RatedLine& line : rated.lines) {
    if (line.kind != RatedLine::Kind::product || !is_token_product(*line.product, catalog)) continue;
    const auto starting = line.prepaid_units.plus(line.allowance.value_or(Decimal()));
    if (!starting) return fail(RatingFault::overflow);
    Wallet wallet;
    wallet.product = line.product;
    wallet.starting_balance = *starting;
    wallet.consumption = std::min(line.usage_quantity, *starting);
    wallet.balance_decrease = is_closed ? *starting : wallet.consumption;
    const auto ending = starting->minus(wallet.balance_decrease);
    if (!ending) return fail(RatingFault::overflow);
    wallet.ending_balance = *ending;
    wallet.overage = line.overage_quantity;
    wallet.overage_rate = line.overage_price;
    wallet.overage_charge = line.overage_charge;
    wallets.push_back(wallet);
  }
  return wallets;
}

}  // namespace tallystick::core
