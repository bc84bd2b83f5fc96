#include "tallystick/core/metering_families.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace tallystick::core {

MeteringFamilies::MeteringFamilies(std::span<const Product> products) {
  std::map<std::pair<std::string_view, MeteringKind>, std::size_t> named;
  for (const Product& product : products) {
    std::size_t family = families_.size();
    if (product.metering.family && rule_of(product.metering.kind).has_families) {
      family = named.try_emplace({*product.metering.family, product.metering.kind}, family).first->second;
    }
    if (family == families_.size()) families_.emplace_back();
    families_[family].push_back(&product);
  }
  for (std::size_t family = 0; family < families_.size(); ++family) {
    auto& members = families_[family];
    std::stable_sort(members.begin(), members.end(),
                     [](const Product* a, const Product* b) { return a->metering.rank < b->metering.rank; });
    for (std::size_t i = 0; i < members.size(); ++i) members_.emplace(members[i]->key, Member{family, i});
  }
}

const MeteringFamilies::Member* MeteringFamilies::find(std::string_view product_key) const {
  const auto member = members_.find(product_key);
  return member == members_.end() ? nullptr : &member->second;
}

Status<PeriodMetering::Failure> PeriodMetering::add(std::string_view product_key,
                                                    std::span<const ResourceUsage> resources) {
  const auto* member = families_.find(product_key);
  if (member == nullptr) return fail(Failure{Fault::unknown_product, product_key});
  if (!meter_of(member->family).meter->add(member->product, resources)) {
    return fail(Failure{Fault::overflow, product_key});
  }
  return {};
}

Status<PeriodMetering::Failure> PeriodMetering::add_day(Day day, std::span<const ProductPresence> products) {
  std::vector<FamilyMeter*> present;
  for (const ProductPresence& each : products) {
    const auto* member = families_.find(each.product);
    if (member == nullptr) return fail(Failure{Fault::unknown_product, each.product});
    FamilyMeter& family = meter_of(member->family);
    if (!std::exchange(family.has_day, true)) present.push_back(&family);
    family.day[member->product] = each.pieces;
  }
  for (FamilyMeter* family : present) {
    family->meter->add_day(day, family->day);
    std::ranges::fill(family->day, std::span<const Presence>());
    family->has_day = false;
  }
  return {};
}

Result<std::vector<MeteredProduct>, PeriodMetering::Failure> PeriodMetering::finish() {
  std::vector<MeteredProduct> products;
  for (auto& [family, meter] : meters_) {
    const auto members = families_.products_of(family);
    auto metered = meter.meter->finish();
    if (!metered) return fail(Failure{Fault::overflow, members.front()->key});
    for (std::size_t i = 0; i < members.size(); ++i) {
      if ((*metered)[i]) products.push_back({members[i], std::move(*(*metered)[i])});
    }
  }
  return products;
}

PeriodMetering::FamilyMeter& PeriodMetering::meter_of(std::size_t family) {
  const auto [entry, is_new] = meters_.try_emplace(family);
  if (is_new) {
    const auto products = families_.products_of(family);
    entry->second.meter = rule_of(products.front()->metering.kind).make(products, period_);
    entry->second.day.resize(products.size());
  }
  return entry->second;
}

}  // namespace tallystick::core
