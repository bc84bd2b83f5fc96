#include "tallystick/core/rating.hpp"

#include <algorithm>
#include <map>

#include "core/exact_number.hpp"
#include "core/items_in_force.hpp"
#include "core/price_tiers.hpp"
#include "core/proration.hpp"
#include "tallystick/core/currency.hpp"

namespace tallystick::core {
namespace {

constexpr std::string_view license_ending = "-license";

// What the period knows of one product before its line is made.
struct Billed {
  const Product* product = nullptr;
  const ItemInPeriod* item = nullptr;  ///< nullptr: outside the contract
  Exact own_usage = 0;
  Exact usage = 0;  ///< with the parts that roll up into it
  bool is_used = false;
};

// Products by key, in the order of their names.
class BilledProducts {
 public:
  BilledProducts(std::span<const Product> catalog, std::span<const ItemInPeriod> items,
                 std::span<const ProductQuantity> usage) {
    for (const Product& product : catalog) by_key_[product.key].product = &product;
    for (const ItemInPeriod& item : items) {
      if (Billed* billed = find(item.last().product)) billed->item = &item;
    }
    for (const ProductQuantity& used : usage) {
      Billed* billed = find(used.product->key);
      if (billed == nullptr) continue;
      billed->own_usage = billed->usage = exact(used.quantity);
      billed->is_used = true;
    }
    roll_up();
  }

  [[nodiscard]] const Billed* find(const std::string& key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : &found->second;
  }

  [[nodiscard]] std::vector<const Billed*> listed() const {
    std::vector<const Billed*> listed;
    for (const auto& [key, billed] : by_key_) {
      if (billed.item != nullptr || billed.is_used) listed.push_back(&billed);
    }
    std::sort(listed.begin(), listed.end(), [](auto* a, auto* b) { return a->product->name < b->product->name; });
    return listed;
  }

 private:
  Billed* find(const std::string& key) {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : &found->second;
  }

  // One level deep, so that the order does not matter.
  void roll_up() {
    for (auto& [key, part] : by_key_) {
      if (!part.product->rolls_up || !part.is_used) continue;
      Billed* token = find(part.product->rolls_up->into);
      if (token == nullptr) continue;
      token->usage += part.own_usage / exact(part.product->rolls_up->units_per_token);
      token->is_used = true;
    }
  }

  std::map<std::string, Billed> by_key_;
};

Decimal highest_prepay_quantity(const ItemInPeriod& item) {
  Decimal highest;
  for (const ItemStretch& stretch : item.stretches) highest = std::max(highest, stretch.item->prepay_quantity);
  return highest;
}

// The units of a product on which grants of others count: the greater of committed and actual ones.
Exact granting_units(const Billed& billed) {
  Exact units = billed.usage;
  if (billed.item == nullptr) return units;
  for (const ItemStretch& stretch : billed.item->stretches) {
    const Exact committed = exact(stretch.item->prepay_quantity) * exact(stretch.item->bundle_quantity);
    if (committed > units) units = committed;
  }
  return units;
}

Exact allowance_of(const Product& product, const BilledProducts& products) {
  Exact allowance = 0;
  for (const FairUse& grant : product.fair_use) {
    if (grant.organization) allowance += exact(*grant.organization);
    if (!grant.product || !grant.each) continue;
    if (const Billed* granting = products.find(*grant.product)) {
      allowance += exact(*grant.each) * granting_units(*granting);
    }
  }
  return allowance;
}

std::optional<Decimal> list_price(const Product& product, const std::string& currency) {
  const auto found = product.list_price.find(currency);
  return found == product.list_price.end() ? std::nullopt : std::optional(found->second);
}

// The price of overage, the first tier's where there are tiers; absent: nothing is charged for it.
std::optional<Decimal> overage_price_of(const Billed& billed, const std::string& currency) {
  if (billed.item != nullptr) {
    const ContractItem& item = billed.item->last();
    if (!item.overage_tiers.empty()) return item.overage_tiers.front().price;
    if (item.overage_price) return item.overage_price;
  }
  return list_price(*billed.product, currency);
}

Exact overage_charge(const Billed& billed, const std::optional<Decimal>& price, const Exact& overage) {
  if (billed.item != nullptr && !billed.item->last().overage_tiers.empty()) {
    Exact charge = 0;
    for (const TierPart& part : tier_parts(billed.item->last().overage_tiers, overage)) {
      charge += part.units * exact(part.price);
    }
    return charge;
  }
  return price ? overage * exact(*price) : Exact(0);
}

class Rating {
 public:
  Rating(const Contract& contract, const BillingPeriod& period, int digits, const BilledProducts& products)
      : contract_(contract), period_(period), digits_(digits), products_(products) {
    rated_.is_ramp = is_ramp_period(contract, period);
  }

  [[nodiscard]] std::optional<RatedPeriod> run() {
    for (const Billed* billed : products_.listed()) {
      if (billed->product->rolls_up) {
        if (!add_part(*billed)) return std::nullopt;
        continue;
      }
      const Exact allowance = allowance_of(*billed->product, products_);
      if (!add_product(*billed, allowance)) return std::nullopt;
      if (!billed->product->fair_use.empty() && !add_fair_use(*billed, allowance)) return std::nullopt;
    }
    if (!add_minimum()) return std::nullopt;
    return std::move(rated_);
  }

 private:
  bool add_part(const Billed& billed) {
    RatedLine line;
    line.kind = RatedLine::Kind::rollup_part;
    line.product = billed.product;
    if (!store(line.usage_quantity, billed.usage, Decimal::places)) return false;
    const Exact tokens = billed.usage / exact(billed.product->rolls_up->units_per_token);
    if (!store(line.converted_tokens.emplace(), tokens, Decimal::places)) return false;
    rated_.lines.push_back(std::move(line));
    return true;
  }

  bool add_product(const Billed& billed, const Exact& allowance) {
    RatedLine line;
    line.product = billed.product;
    line.overage_price = overage_price_of(billed, contract_.currency);
    Exact prepaid_units = 0;
    Exact prepay = 0;
    if (billed.item != nullptr) {
      const ContractItem& item = billed.item->last();
      line.prepay_quantity = highest_prepay_quantity(*billed.item);
      line.prepay_price = item.prepay_price;
      line.bundle_quantity = item.bundle_quantity;
      line.usage_notes = usage_notes_of(item);
      prepaid_units = exact(line.prepay_quantity) * exact(item.bundle_quantity);
      prepay = prepay_charge(*billed.item, period_);
    }
    const Exact& covered = std::max(allowance, prepaid_units);
    const Exact overage = billed.usage > covered ? Exact(billed.usage - covered) : Exact(0);
    Exact for_overage = overage_charge(billed, line.overage_price, overage);
    if (rated_.is_ramp && is_license(*billed.product)) prepay = for_overage = 0;
    if (!store(line.usage_quantity, billed.usage, Decimal::places)) return false;
    if (!store(line.prepaid_units, prepaid_units, Decimal::places)) return false;
    if (!billed.product->fair_use.empty() && !store(line.allowance.emplace(), allowance, Decimal::places)) return false;
    if (!store(line.overage_quantity, overage, Decimal::places)) return false;
    if (!store(line.charge, prepay + for_overage, digits_)) return false;
    if (!store(line.overage_charge, for_overage, digits_)) return false;
    if (!billed.product->third_party) towards_minimum_ += exact(line.charge);
    rated_.lines.push_back(std::move(line));
    return true;
  }

  bool add_fair_use(const Billed& billed, const Exact& allowance) {
    RatedLine line;
    line.kind = RatedLine::Kind::fair_use;
    line.product = billed.product;
    Decimal whole;
    if (!store(line.usage_quantity, std::min(billed.usage, allowance), Decimal::places)) return false;
    if (!store(whole, allowance, Decimal::places)) return false;
    line.bundle_quantity = whole;
    rated_.lines.push_back(std::move(line));
    return true;
  }

  bool add_minimum() {
    if (rated_.is_ramp || !contract_.minimum_monthly_amount) return true;
    const Exact minimum = prorated(*contract_.minimum_monthly_amount, period_);
    if (minimum <= towards_minimum_) return true;
    return store(rated_.minimum_difference, minimum - towards_minimum_, digits_);
  }

  static bool store(Decimal& place, const Exact& number, int digits) {
    const auto rounded = rounded_half_up(number, digits);
    if (rounded) place = *rounded;
    return rounded.has_value();
  }

  const Contract& contract_;
  const BillingPeriod& period_;
  const int digits_;
  const BilledProducts& products_;
  Exact towards_minimum_ = 0;
  RatedPeriod rated_;
};

}  // namespace

Result<RatedPeriod, RatingFault> rate(const Contract& contract, const BillingPeriod& period,
                                      std::span<const Product> catalog, std::span<const ProductQuantity> usage) {
  const auto digits = minor_digits(contract.currency);
  if (!digits) return fail(RatingFault::unknown_currency);
  const std::vector<ItemInPeriod> items = items_in_force(contract, period);
  const BilledProducts products(catalog, items, usage);
  auto rated = Rating(contract, period, *digits, products).run();
  if (!rated) return fail(RatingFault::overflow);
  return std::move(*rated);
}

std::string usage_notes_of(const ContractItem& item) {
  if (item.overage_tiers.empty()) return item.notes;
  std::string tiers;
  std::string from = "0";
  for (const PriceTier& tier : item.overage_tiers) {
    if (!tiers.empty()) tiers += ", ";
    if (tier.up_to) {
      const std::string to = tier.up_to->to_string();
      tiers.append(from).append("-").append(to);
      from = to;
    } else {
      tiers += "above";
    }
    tiers.append(" at ").append(tier.price.to_string());
  }
  return item.notes.empty() ? tiers : item.notes + "; " + tiers;
}

bool is_license(const Product& product) {
  return product.grouping.ends_with(license_ending);
}

bool is_ramp_period(const Contract& contract, const BillingPeriod& period) {
  return contract.ramp && contract.ramp->start <= period.start && period.start < contract.ramp->end;
}

}  // namespace tallystick::core
