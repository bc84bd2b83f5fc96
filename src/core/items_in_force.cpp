#include "core/items_in_force.hpp"

#include <algorithm>

namespace tallystick::core {
namespace {

// One version of an item, from its day until the next version's.
struct Version {
  const ContractItem* item;
  Day from;
};

struct History {
  const std::string* product;
  std::vector<Version> versions;
};

void add(std::vector<History>& histories, const ContractItem& item, Day from) {
  auto found = std::find_if(histories.begin(), histories.end(),
                            [&](const History& history) { return *history.product == item.product; });
  if (found == histories.end()) found = histories.insert(histories.end(), {&item.product, {}});
  found->versions.push_back({&item, from});
}

std::vector<History> histories_of(const Contract& contract) {
  std::vector<History> histories;
  for (const ContractItem& item : contract.items) add(histories, item, contract.effective);
  for (const Amendment& amendment : contract.amendments) {
    for (const ContractItem& item : amendment.items) add(histories, item, amendment.date);
  }
  return histories;
}

}  // namespace

std::vector<ItemInPeriod> items_in_force(const Contract& contract, const BillingPeriod& period) {
  std::vector<ItemInPeriod> items;
  for (const History& history : histories_of(contract)) {
    ItemInPeriod in_period;
    for (auto version = history.versions.begin(); version != history.versions.end(); ++version) {
      const auto next = version + 1;
      const Day from = std::max(version->from, period.start);
      const Day until = next == history.versions.end() ? period.end : std::min(next->from, period.end);
      if (from >= until) continue;
      const std::int64_t days = (until - from).count();
      // An amendment that repeats the item as it was begins nothing new.
      if (!in_period.stretches.empty() && *in_period.stretches.back().item == *version->item) {
        in_period.stretches.back().days += days;
      } else {
        in_period.stretches.push_back({version->item, days});
      }
    }
    if (!in_period.stretches.empty()) items.push_back(std::move(in_period));
  }
  return items;
}

}  // namespace tallystick::core
