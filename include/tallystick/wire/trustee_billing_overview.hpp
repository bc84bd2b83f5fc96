#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/core/time.hpp"
#include "tallystick/wire/json.hpp"
#include "tallystick/wire/named_entity.hpp"
#include "tallystick/wire/open_enum.hpp"

#pragma GCC visibility push(default)
namespace tallystick::wire {

enum class SubscriptionType {
  inin,
  month_to_month,
  free_trial_month_to_month,
  prepay_monthly_commitment,
  prepay,
  dev_org_month_to_month,
  dev_org_prepay_monthly_commitment,
  dev_org_prepay,
};
template <>
struct EnumTexts<SubscriptionType> {
  static constexpr std::pair<SubscriptionType, std::string_view> values[] = {
      {SubscriptionType::inin, "ININ"},
      {SubscriptionType::month_to_month, "MONTH_TO_MONTH"},
      {SubscriptionType::free_trial_month_to_month, "FREE_TRIAL_MONTH_TO_MONTH"},
      {SubscriptionType::prepay_monthly_commitment, "PREPAY_MONTHLY_COMMITMENT"},
      {SubscriptionType::prepay, "PREPAY"},
      {SubscriptionType::dev_org_month_to_month, "DEV_ORG_MONTH_TO_MONTH"},
      {SubscriptionType::dev_org_prepay_monthly_commitment, "DEV_ORG_PREPAY_MONTHLY_COMMITMENT"},
      {SubscriptionType::dev_org_prepay, "DEV_ORG_PREPAY"}};
};

/// Groupings of lines that are never charged by themselves: the allowance of the product before it, and what converts
/// into a token product.
inline constexpr std::string_view fair_use_grouping = "fair-use";
inline constexpr std::string_view rollup_usage_grouping = "rollup-usage";

/// One line of an overview; SubscriptionOverviewUsage of the published API. Quantities and prices are exact decimals
/// in plain notation, prices with at least the currency's minor digits.
struct SubscriptionOverviewUsage {
  std::string name;
  std::string part_number;
  std::string grouping;
  std::string unit_of_measure_type;
  std::string usage_quantity;
  std::optional<std::string> overage_price;
  std::string prepay_quantity;
  std::optional<std::string> prepay_price;
  std::optional<std::string> usage_notes;
  std::optional<bool> is_cancellable;
  std::optional<std::string> bundle_quantity;
  std::optional<bool> is_third_party;
  UnknownFields unknown;
  friend bool operator==(const SubscriptionOverviewUsage&, const SubscriptionOverviewUsage&) = default;
};

/// What an organization owes for one billing period, before taxes; TrusteeBillingOverview of the published API.
/// Ends are written as the last moment inside (2020-04-30T23:59:59.999Z).
struct TrusteeBillingOverview {
  std::optional<std::string> id;
  std::optional<std::string> name;
  NamedEntity organization;
  std::string currency;  ///< ISO 4217
  std::vector<std::string> enabled_products;
  OpenEnum<SubscriptionType> subscription_type;
  std::optional<core::TimePoint> ramp_period_start_date;
  std::optional<core::TimePoint> ramp_period_end_date;
  std::optional<core::TimePoint> billing_period_start_date;
  std::optional<core::TimePoint> billing_period_end_date;
  std::vector<SubscriptionOverviewUsage> usages;
  std::optional<core::TimePoint> contract_amendment_date;
  std::optional<core::TimePoint> contract_effective_date;
  std::optional<core::TimePoint> contract_end_date;
  std::optional<std::string> minimum_monthly_amount;
  std::optional<bool> in_ramp_period;
  std::optional<std::string> self_uri;
  UnknownFields unknown;
  friend bool operator==(const TrusteeBillingOverview&, const TrusteeBillingOverview&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
