#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "app/catalog_rules.hpp"
#include "tallystick/core/metering.hpp"

namespace tallystick::app {
namespace {

using Products = std::vector<core::Product>;

/// A text that no two products share, over all that the catalog will hold.
class UniqueAmongProducts {
 public:
  UniqueAmongProducts(std::string core::Product::*member, const Products& document, const CatalogReferences& references)
      : member_(member) {
    std::unordered_set<std::string_view> declared;
    for (const auto& product : document) declared.insert(product.key);
    for (const auto& [key, product] : references.products) {
      if (!declared.contains(key)) owners_.try_emplace(product->*member, key);
    }
  }
  void check(DocumentFaults& faults, const DocumentPlace& place, const core::Product& product) {
    const auto [owner, is_new] = owners_.try_emplace(product.*member_, product.key);
    if (!is_new && owner->second != product.key) {
      faults.add(place, "is that of product " + std::string(owner->second) + " already, and must be unique");
    }
  }

 private:
  std::string core::Product::*member_;
  std::map<std::string_view, std::string_view> owners_;
};

/// Of two licences of one family one must be the higher: among products of one kind each has a rank of its own.
class FamilyRanks {
 public:
  FamilyRanks(const Products& document, const CatalogReferences& references) {
    std::unordered_set<std::string_view> declared;
    for (const auto& product : document) declared.insert(product.key);
    for (const auto& [key, product] : references.products) {
      if (declared.contains(key) || !product->metering.family || !product->metering.rank) continue;
      owners_.try_emplace(place_of(product->metering), key);
    }
  }
  void check(DocumentFaults& faults, const DocumentPlace& place, const core::Product& product) {
    if (!product.metering.family || !product.metering.rank) return;
    const auto [owner, is_new] = owners_.try_emplace(place_of(product.metering), product.key);
    if (is_new || owner->second == product.key) return;
    faults.add(place, "is that of product " + std::string(owner->second) +
                          " already; in a family each product of a kind has a rank of its own");
  }

 private:
  using Place = std::tuple<std::string_view, core::MeteringKind, std::int64_t>;
  static Place place_of(const core::Metering& metering) { return {*metering.family, metering.kind, *metering.rank}; }
  std::map<Place, std::string_view> owners_;
};

// The kinds for which a rule has `wanted`, for messages: "unique and concurrent".
std::string kinds_with(bool core::MeteringRule::*wanted) {
  std::string names;
  for (const core::MeteringRule& rule : core::metering_rules()) {
    if (!(rule.*wanted)) continue;
    if (!names.empty()) names += " and ";
    names += rule.name;
  }
  return names;
}

void check_metering(DocumentFaults& faults, const DocumentPlace& place, const core::Metering& metering) {
  const core::MeteringRule& rule = core::rule_of(metering.kind);
  const auto refuse = [&](std::string_view member, bool core::MeteringRule::*wanted) {
    faults.add(place / member, "goes with metering by " + kinds_with(wanted) + " alone");
  };
  if (!rule.has_families) {
    if (metering.family) refuse("family", &core::MeteringRule::has_families);
    if (metering.rank) refuse("rank", &core::MeteringRule::has_families);
  } else if (metering.family) {
    faults.check_text(place / "family", *metering.family, catalog_text_bytes_max);
    if (!metering.rank) faults.add(place / "rank", "is required with a family");
  } else if (metering.rank) {
    faults.add(place / "rank", "goes with a family alone");
  }
  if (!rule.has_steps) {
    if (metering.step_seconds) refuse("step_seconds", &core::MeteringRule::has_steps);
    if (metering.unit) refuse("unit", &core::MeteringRule::has_steps);
  } else if (metering.step_seconds && (*metering.step_seconds < 1 || *metering.step_seconds > core::step_seconds_max)) {
    faults.add(place / "step_seconds", "must be from 1 to " + std::to_string(core::step_seconds_max));
  }
}

void check_prices(DocumentFaults& faults, const DocumentPlace& place, const core::Product& product) {
  for (const auto& [currency, price] : product.list_price) {
    check_currency(faults, place / currency, currency);
    check_price(faults, place / currency, price);
  }
}

void check_fair_use(DocumentFaults& faults, const DocumentPlace& place, const core::Product& product,
                    const CatalogReferences& references) {
  for (std::size_t i = 0; i < product.fair_use.size(); ++i) {
    const core::FairUse& grant = product.fair_use[i];
    const DocumentPlace at = place / i;
    const bool is_per_unit = grant.product && grant.each && !grant.organization;
    const bool is_fixed = grant.organization && !grant.product && !grant.each;
    if (!is_per_unit && !is_fixed) faults.add(at, "must have either product and each, or organization alone");
    if (grant.product && *grant.product == product.key) {
      faults.add(at / "product", "is the product itself; an allowance is per unit of another");
    } else if (grant.product) {
      check_product_reference(faults, at / "product", references, *grant.product);
    }
    if (grant.each) check_not_negative(faults, at / "each", *grant.each);
    if (grant.organization) check_not_negative(faults, at / "organization", *grant.organization);
  }
}

void check_roll_up(DocumentFaults& faults, const DocumentPlace& place, const core::Product& product,
                   const CatalogReferences& references) {
  if (!product.rolls_up) return;
  const core::RollUp& roll_up = *product.rolls_up;
  if (roll_up.units_per_token <= core::Decimal{}) faults.add(place / "units_per_token", "must be above 0");
  const core::Product* into = check_product_reference(faults, place / "into", references, roll_up.into);
  if (into == nullptr) return;
  if (into->key == product.key) {
    faults.add(place / "into", "is the product itself");
  } else if (into->rolls_up) {
    faults.add(place / "into", "rolls up into " + into->rolls_up->into + " itself; roll-ups go one level deep");
  }
}

// A product that gains a roll-up while a stored one, which the document leaves as it is, rolls up into it.
void check_parts_left_alone(DocumentFaults& faults, const core::CatalogDocument& document,
                            const CatalogReferences& references) {
  std::map<std::string_view, std::size_t> indexes;
  for (std::size_t i = 0; i < document.products.size(); ++i) indexes.try_emplace(document.products[i].key, i);
  std::map<std::size_t, std::string_view> parts;
  for (const auto& [key, product] : references.products) {
    if (!product->rolls_up || indexes.contains(key)) continue;
    const auto target = indexes.find(product->rolls_up->into);
    if (target == indexes.end() || !document.products[target->second].rolls_up) continue;
    auto& part = parts.try_emplace(target->second, key).first->second;
    part = std::min(part, key);
  }
  for (const auto& [index, part] : parts) {
    faults.add(DocumentPlace() / "products" / index / "rolls_up",
               "product " + std::string(part) + " rolls up into this one; roll-ups go one level deep");
  }
}

void check_key(DocumentFaults& faults, const DocumentPlace& place, const std::string& key) {
  if (!is_plain_identifier(key, product_key_bytes_max, false)) {
    faults.add(place, "must be 1 to 64 lower-case letters, digits, . _ or -");
  }
  if (key.starts_with(reserved_key_prefix)) {
    faults.add(place, "must not begin with " + std::string(reserved_key_prefix) + ", which is kept for our own types");
  }
}

}  // namespace

void check_products(DocumentFaults& faults, const core::CatalogDocument& document,
                    const CatalogReferences& references) {
  DeclaredKeys<std::string_view> declared;
  UniqueAmongProducts names(&core::Product::name, document.products, references);
  FamilyRanks ranks(document.products, references);
  UniqueAmongProducts part_numbers(&core::Product::part_number, document.products, references);
  for (std::size_t i = 0; i < document.products.size(); ++i) {
    const core::Product& product = document.products[i];
    const DocumentPlace place = DocumentPlace() / "products" / i;
    declared.check(faults, place / "key", place, product.key);
    check_key(faults, place / "key", product.key);
    faults.check_text(place / "name", product.name, catalog_text_bytes_max);
    names.check(faults, place / "name", product);
    if (product.short_name) faults.check_text(place / "short_name", *product.short_name, catalog_text_bytes_max);
    faults.check_text(place / "part_number", product.part_number, catalog_text_bytes_max);
    part_numbers.check(faults, place / "part_number", product);
    faults.check_text(place / "grouping", product.grouping, catalog_text_bytes_max);
    faults.check_text(place / "unit", product.unit, catalog_text_bytes_max);
    check_metering(faults, place / "metering", product.metering);
    ranks.check(faults, place / "metering" / "rank", product);
    check_prices(faults, place / "list_price", product);
    check_fair_use(faults, place / "fair_use", product, references);
    check_roll_up(faults, place / "rolls_up", product, references);
  }
  check_parts_left_alone(faults, document, references);
}

}  // namespace tallystick::app
