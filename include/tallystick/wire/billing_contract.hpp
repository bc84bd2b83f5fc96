#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tallystick/core/time.hpp"
#include "tallystick/wire/customer.hpp"
#include "tallystick/wire/json.hpp"
#include "tallystick/wire/named_entity.hpp"
#include "tallystick/wire/open_enum.hpp"
#include "tallystick/wire/open_number.hpp"

#pragma GCC visibility push(default)
/// Contracts as the published API has them. Dates are yyyy-MM-dd, ends the last day inside; numbers are exact decimals.
namespace tallystick::wire {

enum class ContractStatus { active, inactive };
template <>
struct EnumTexts<ContractStatus> {
  static constexpr std::pair<ContractStatus, std::string_view> values[] = {{ContractStatus::active, "Active"},
                                                                           {ContractStatus::inactive, "Inactive"}};
};

enum class PeriodStatus { open, closed };
template <>
struct EnumTexts<PeriodStatus> {
  static constexpr std::pair<PeriodStatus, std::string_view> values[] = {{PeriodStatus::open, "Open"},
                                                                         {PeriodStatus::closed, "Closed"}};
};

/// A period that is billed by itself; BillingContractPeriod of the published API.
struct BillingContractPeriod {
  std::optional<std::string> id;
  std::optional<core::Day> date_start;
  std::optional<core::Day> date_end;
  std::optional<OpenEnum<PeriodStatus>> status;
  UnknownFields unknown;
  friend bool operator==(const BillingContractPeriod&, const BillingContractPeriod&) = default;
};

/// One version of what was agreed for a product; BillingPlanItem of the published API.
struct BillingPlanItem {
  std::optional<std::string> item_number;
  std::optional<std::string> name;
  std::optional<std::string> type;
  std::optional<std::string> function;
  std::optional<std::string> description;
  std::optional<core::Day> date_charged_through;
  std::optional<std::string> currency_iso_code;
  std::optional<OpenNumber> discount_amount;
  std::optional<core::Day> date_effective_start;
  std::optional<core::Day> date_effective_end;
  std::optional<OpenNumber> overage_price;
  std::optional<OpenNumber> price;
  std::optional<std::int64_t> quantity;
  std::optional<std::string> unit_of_measure;
  UnknownFields unknown;
  friend bool operator==(const BillingPlanItem&, const BillingPlanItem&) = default;
};

/// What was agreed for one product; BillingPlan of the published API.
struct BillingPlan {
  std::optional<std::string> id;
  std::optional<std::string> name;
  std::optional<std::vector<NamedEntity>> organizations;
  std::optional<BillingProduct> product;
  std::optional<std::vector<BillingPlanItem>> items;
  UnknownFields unknown;
  friend bool operator==(const BillingPlan&, const BillingPlan&) = default;
};

/// What was agreed; BillingContract of the published API.
struct BillingContract {
  std::optional<std::string> id;
  std::optional<std::string> external_number;
  std::optional<OpenEnum<ContractStatus>> status;
  std::optional<std::string> commercial_model;
  std::optional<std::vector<std::string>> purchase_order_numbers;
  std::optional<Customer> bill_to_customer;
  std::optional<Customer> sold_to_customer;
  std::optional<Customer> end_customer;
  std::optional<core::Day> date_start;
  std::optional<core::Day> date_end;
  std::optional<core::Day> date_ramp_start;
  std::optional<core::Day> date_ramp_end;
  std::optional<std::vector<BillingContractPeriod>> billing_periods;
  std::optional<std::vector<BillingPlan>> plans;
  UnknownFields unknown;
  friend bool operator==(const BillingContract&, const BillingContract&) = default;
};

/// A page of contracts. Addresses are relative paths; one that leads nowhere is absent.
struct BillingContractListing {
  std::optional<std::vector<BillingContract>> entities;
  std::optional<std::string> next_uri;
  std::optional<std::string> self_uri;
  std::optional<std::string> previous_uri;
  UnknownFields unknown;
  friend bool operator==(const BillingContractListing&, const BillingContractListing&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
