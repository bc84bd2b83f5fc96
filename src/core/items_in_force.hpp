#pragma once
#include <vector>

#include "tallystick/core/billing_period.hpp"
#include "tallystick/core/contract.hpp"

namespace tallystick::core {

/// The days of a period in which one version of an item was in force. Versions of equal terms are one.
struct ItemStretch {
  const ContractItem* item = nullptr;
  std::int64_t days = 0;
};

/// What a period knows of one product of the contract: the versions of its item in the order of their days. An item
/// that an amendment brings begins in the middle.
struct ItemInPeriod {
  std::vector<ItemStretch> stretches;

  /// In force on the period's last day: an amendment replaces an item, none removes it.
  [[nodiscard]] const ContractItem& last() const { return *stretches.back().item; }
};

/// The items of a contract that are in force on some day of the period, in the order in which the contract and its
/// amendments first name their products.
[[nodiscard]] std::vector<ItemInPeriod> items_in_force(const Contract& contract, const BillingPeriod& period);

}  // namespace tallystick::core
