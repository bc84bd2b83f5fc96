#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tallystick/core/time.hpp"
#include "tallystick/wire/billing_contract.hpp"
#include "tallystick/wire/customer.hpp"
#include "tallystick/wire/json.hpp"
#include "tallystick/wire/named_entity.hpp"
#include "tallystick/wire/open_number.hpp"

#pragma GCC visibility push(default)
/// What a billing period comes to, as the published API has it. Numbers keep every digit.
namespace tallystick::wire {

/// What one product costs; BillingCharge of the published API.
struct BillingCharge {
  std::optional<std::string> id;
  std::optional<std::string> name;
  std::optional<BillingProduct> product;
  std::optional<std::vector<NamedEntity>> organizations;
  std::optional<OpenNumber> prepaid_quantity;
  std::optional<OpenNumber> fairuse_quantity;
  std::optional<OpenNumber> actual_quantity;
  std::optional<OpenNumber> overage_quantity;
  std::optional<OpenNumber> overage_rate;
  std::optional<OpenNumber> overage_charge;
  std::optional<std::string> overage_currency;
  std::optional<OpenNumber> converted_token_count;
  std::optional<OpenNumber> token_conversion_rate;
  UnknownFields unknown;
  friend bool operator==(const BillingCharge&, const BillingCharge&) = default;
};

/// What is left of prepaid tokens; BillingWallet of the published API.
struct BillingWallet {
  std::optional<std::string> id;
  std::optional<std::string> name;
  std::optional<std::vector<NamedEntity>> organizations;
  std::optional<BillingProduct> product;
  std::optional<OpenNumber> starting_balance;
  std::optional<OpenNumber> ending_balance;
  std::optional<OpenNumber> balance_increase;
  std::optional<OpenNumber> balance_decrease;
  std::optional<OpenNumber> balance_consumption;
  std::optional<OpenNumber> balance_overage;
  std::optional<OpenNumber> balance_overage_rate;
  std::optional<OpenNumber> balance_overage_charge;
  std::optional<std::string> balance_overage_currency;
  std::optional<std::string> unit_of_measure;
  UnknownFields unknown;
  friend bool operator==(const BillingWallet&, const BillingWallet&) = default;
};

/// One billing period; BillingContractPeriodDetail of the published API.
struct BillingContractPeriodDetail {
  std::optional<std::string> id;
  std::optional<core::Day> date_start;
  std::optional<core::Day> date_end;
  std::optional<OpenEnum<PeriodStatus>> status;
  std::optional<std::vector<BillingCharge>> charges;
  std::optional<std::vector<BillingWallet>> wallets;
  UnknownFields unknown;
  friend bool operator==(const BillingContractPeriodDetail&, const BillingContractPeriodDetail&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
