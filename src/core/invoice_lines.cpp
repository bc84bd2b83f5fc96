#include "tallystick/core/invoice_lines.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/invoice_line_texts.hpp"
#include "core/items_in_force.hpp"
#include "core/price_tiers.hpp"
#include "core/proration.hpp"
#include "tallystick/core/currency.hpp"

namespace tallystick::core {
namespace {

constexpr Decimal one = Decimal::from_integer(1);

// Rating refuses a currency that has none.
int digits_of(const Contract& contract) {
  return minor_digits(contract.currency).value_or(0);
}

// Rounded, as amounts are.
bool is_product_of(Decimal amount, Decimal quantity, Decimal price, int digits) {
  return rounded_half_up(exact(quantity) * exact(price), digits) == amount;
}

bool reaches_one_tier(const ItemInPeriod* item, Decimal overage) {
  return item == nullptr || tier_parts(item->last().overage_tiers, exact(overage)).size() <= 1;
}

// Of all versions, for one quantity.
bool has_one_price(const ItemInPeriod& item) {
  const ContractItem& last = item.last();
  return last.prepay_price &&
         std::all_of(item.stretches.begin(), item.stretches.end(), [&](const ItemStretch& stretch) {
           return stretch.item->prepay_quantity == last.prepay_quantity &&
                  stretch.item->prepay_price == last.prepay_price;
         });
}

class PeriodLines {
 public:
  PeriodLines(const Contract& contract, const BillingPeriod& period)
      : contract_(contract), period_(period), digits_(digits_of(contract)), items_(items_in_force(contract, period)) {}

  void add(const RatedLine& line) {
    const ItemInPeriod* item = item_of(line.product->key);
    // Neither part is negative or greater than their sum, so that the rest cannot overflow.
    const Decimal prepay = Decimal::from_units(line.charge.units() - line.overage_charge.units());
    if (item != nullptr && !prepay.is_zero()) add_prepay(line, *item, prepay);
    if (!line.overage_charge.is_zero()) add_overage(line, item);
  }

  void add_minimum(Decimal difference) {
    InvoiceLine line = line_of(InvoiceLine::Kind::minimum, "");
    line.quantity = one;
    line.amount = difference;
    line.description = minimum_text(contract_.minimum_monthly_amount.value_or(Decimal()), period_, digits_);
    lines_.push_back(std::move(line));
  }

  [[nodiscard]] std::vector<InvoiceLine> take() { return std::move(lines_); }

 private:
  [[nodiscard]] const ItemInPeriod* item_of(const std::string& product) const {
    const auto found = std::find_if(items_.begin(), items_.end(),
                                    [&](const ItemInPeriod& item) { return item.last().product == product; });
    return found == items_.end() ? nullptr : &*found;
  }

  [[nodiscard]] InvoiceLine line_of(InvoiceLine::Kind kind, const std::string& product) const {
    InvoiceLine line;
    line.kind = kind;
    line.thing = {contract_.id, period_.start, product};
    line.start = period_.start;
    line.end = period_.end;
    return line;
  }

  void add_prepay(const RatedLine& rated, const ItemInPeriod& item, Decimal amount) {
    InvoiceLine line = line_of(InvoiceLine::Kind::prepay, rated.product->key);
    line.quantity = rated.prepay_quantity;
    line.amount = amount;
    line.description = prepay_text(item, period_, digits_);
    if (rounded_half_up(prepay_charge(item, period_), digits_) != amount) {
      line.description += ", rounded together with the overage";
    }
    if (has_one_price(item) && is_product_of(amount, line.quantity, *rated.prepay_price, digits_)) {
      line.unit_price = rated.prepay_price;
    }
    if (rated.overage_charge.is_zero()) line.overage_quantity = rated.overage_quantity;
    lines_.push_back(std::move(line));
  }

  void add_overage(const RatedLine& rated, const ItemInPeriod* item) {
    InvoiceLine line = line_of(InvoiceLine::Kind::overage, rated.product->key);
    line.quantity = line.overage_quantity = rated.overage_quantity;
    line.amount = rated.overage_charge;
    line.description = overage_text(rated, item == nullptr ? nullptr : &item->last(), digits_);
    if (rated.overage_price && reaches_one_tier(item, line.quantity) &&
        is_product_of(line.amount, line.quantity, *rated.overage_price, digits_)) {
      line.unit_price = rated.overage_price;
    }
    lines_.push_back(std::move(line));
  }

  const Contract& contract_;
  const BillingPeriod& period_;
  const int digits_;
  const std::vector<ItemInPeriod> items_;
  std::vector<InvoiceLine> lines_;
};

// What a thing comes to, and what was billed for it.
struct Account {
  Decimal charge;
  Decimal overage_quantity;
  Decimal billed;
  Decimal billed_overage;
};

Status<RatingFault> add(Decimal& sum, Decimal more) {
  const auto total = sum.plus(more);
  if (!total) return fail(RatingFault::overflow);
  sum = *total;
  return {};
}

class Accounts {
 public:
  Accounts(const Uuid& contract, const BillingPeriod& period, const RatedPeriod& rated) {
    for (const RatedLine& line : rated.lines) {
      if (line.kind != RatedLine::Kind::product) continue;
      Account& account = by_name_[{line.product->name, line.product->key}];
      account.charge = line.charge;
      account.overage_quantity = line.overage_quantity;
    }
    minimum_.charge = rated.minimum_difference;
    contract_ = contract;
    start_ = period.start;
  }

  [[nodiscard]] Status<RatingFault> count(const BilledAmount& billed, std::span<const Product> products) {
    if (billed.thing.contract != contract_ || billed.thing.period_start != start_) return {};
    Account& account = account_of(billed.thing.product, products);
    if (const auto added = add(account.billed, billed.amount); !added) return added;
    return add(account.billed_overage, billed.overage_quantity);
  }

  // By name, then by key; the minimum is last.
  [[nodiscard]] std::vector<std::pair<std::string, Account>> in_order() const {
    std::vector<std::pair<std::string, Account>> accounts;
    for (const auto& [name_and_key, account] : by_name_) accounts.emplace_back(name_and_key.second, account);
    accounts.emplace_back("", minimum_);
    return accounts;
  }

 private:
  Account& account_of(const std::string& key, std::span<const Product> products) {
    if (key.empty()) return minimum_;
    const auto named = std::find_if(products.begin(), products.end(), [&](const Product& p) { return p.key == key; });
    return by_name_[{named == products.end() ? key : named->name, key}];
  }

  Uuid contract_;
  Day start_;
  std::map<std::pair<std::string, std::string>, Account> by_name_;
  Account minimum_;
};

std::string adjustment_text(const InvoiceLine& line, const Account& account, const BillingPeriod& period, int digits) {
  const std::string heading = adjustment_heading(period);
  const std::string charge = account.charge.to_string_with_places(digits);
  const std::string billed = account.billed.to_string_with_places(digits);
  if (line.thing.product.empty()) return heading + charge + " to the minimum instead of " + billed;
  if (line.overage_quantity.is_zero()) return heading + "charge of " + charge + " instead of " + billed;
  return heading + account.overage_quantity.to_string() + " over instead of " + account.billed_overage.to_string();
}

}  // namespace

std::vector<InvoiceLine> period_lines(const Contract& contract, const BillingPeriod& period, const RatedPeriod& rated) {
  PeriodLines lines(contract, period);
  for (const RatedLine& line : rated.lines) {
    if (line.kind == RatedLine::Kind::product) lines.add(line);
  }
  if (!rated.minimum_difference.is_zero()) lines.add_minimum(rated.minimum_difference);
  return lines.take();
}

Result<std::vector<InvoiceLine>, RatingFault> adjustment_lines(const Contract& contract, const BillingPeriod& period,
                                                               const RatedPeriod& rated,
                                                               std::span<const Product> products,
                                                               std::span<const BilledAmount> billed) {
  Accounts accounts(contract.id, period, rated);
  for (const BilledAmount& amount : billed) {
    if (const auto counted = accounts.count(amount, products); !counted) return fail(counted.error());
  }
  std::vector<InvoiceLine> lines;
  for (const auto& [product, account] : accounts.in_order()) {
    if (account.charge == account.billed) continue;
    const auto amount = account.charge.minus(account.billed);
    const auto overage = account.overage_quantity.minus(account.billed_overage);
    if (!amount || !overage) return fail(RatingFault::overflow);
    InvoiceLine line;
    line.kind = InvoiceLine::Kind::adjustment;
    line.thing = {contract.id, period.start, product};
    line.start = period.start;
    line.end = period.end;
    line.quantity = overage->is_zero() ? one : *overage;
    line.amount = *amount;
    line.overage_quantity = *overage;
    line.description = adjustment_text(line, account, period, digits_of(contract));
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<std::vector<BilledAmount>, RatingFault> billed_by(std::span<const InvoiceLine> lines) {
  std::vector<BilledAmount> billed;
  for (const InvoiceLine& line : lines) {
    if (line.kind == InvoiceLine::Kind::credit) continue;
    auto found = std::find_if(billed.begin(), billed.end(), [&](const auto& b) { return b.thing == line.thing; });
    if (found == billed.end()) found = billed.insert(billed.end(), {line.thing, {}, {}});
    if (const auto added = add(found->amount, line.amount); !added) return fail(added.error());
    if (const auto added = add(found->overage_quantity, line.overage_quantity); !added) return fail(added.error());
  }
  return billed;
}

Result<Decimal, RatingFault> amount_of(std::span<const InvoiceLine> lines) {
  Decimal sum;
  for (const InvoiceLine& line : lines) {
    if (const auto added = add(sum, line.amount); !added) return fail(added.error());
  }
  return sum;
}

}  // namespace tallystick::core
