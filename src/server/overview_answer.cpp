#include "server/overview_answer.hpp"

#include <utility>

#include "tallystick/core/currency.hpp"

namespace tallystick::server {
namespace {

core::TimePoint last_moment_before(core::Day day) {
  return core::TimePoint{day} - core::milliseconds{1};
}

/// Prices and amounts of one currency as text.
class PriceText {
 public:
  explicit PriceText(std::string_view currency) : digits_(core::minor_digits(currency).value_or(0)) {}

  [[nodiscard]] std::optional<std::string> operator()(const std::optional<core::Decimal>& price) const {
    return price ? std::optional(price->to_string_with_places(digits_)) : std::nullopt;
  }

 private:
  int digits_;
};

wire::SubscriptionOverviewUsage to_wire(const core::RatedLine& line, const PriceText& price) {
  const core::Product& product = *line.product;
  const bool is_fair_use = line.kind == core::RatedLine::Kind::fair_use;
  wire::SubscriptionOverviewUsage usage;
  usage.name = is_fair_use ? product.name + " fair use" : product.name;
  usage.part_number = product.part_number;
  usage.grouping = is_fair_use ? std::string(wire::fair_use_grouping) : product.grouping;
  usage.unit_of_measure_type = product.unit;
  usage.usage_quantity = line.usage_quantity.to_string();
  usage.overage_price = price(line.overage_price);
  usage.prepay_quantity = line.prepay_quantity.to_string();
  usage.prepay_price = price(line.prepay_price);
  if (!line.usage_notes.empty()) usage.usage_notes = line.usage_notes;
  usage.is_cancellable = product.cancellable;
  if (line.bundle_quantity) usage.bundle_quantity = line.bundle_quantity->to_string();
  usage.is_third_party = product.third_party;
  return usage;
}

}  // namespace

wire::TrusteeBillingOverview overview_answer(const app::BillingOverview& overview, std::string self) {
  const core::Contract& contract = *overview.contract;
  const PriceText price(contract.currency);
  wire::TrusteeBillingOverview answer;
  answer.id = app::overview_id(contract, overview.period).to_string();
  answer.organization.id = overview.organization.to_string();
  answer.organization.name = overview.organization_name;
  answer.currency = contract.currency;
  answer.enabled_products = overview.enabled_products;
  answer.subscription_type = wire::OpenEnum<wire::SubscriptionType>::from_text(contract.subscription_type);
  if (contract.ramp) {
    answer.ramp_period_start_date = core::TimePoint{contract.ramp->start};
    answer.ramp_period_end_date = last_moment_before(contract.ramp->end);
  }
  answer.billing_period_start_date = core::TimePoint{overview.period.start};
  answer.billing_period_end_date = last_moment_before(overview.period.end);
  if (overview.last_amendment) answer.contract_amendment_date = core::TimePoint{*overview.last_amendment};
  answer.contract_effective_date = core::TimePoint{contract.effective};
  answer.contract_end_date = last_moment_before(contract.end);
  answer.minimum_monthly_amount = price(contract.minimum_monthly_amount);
  answer.in_ramp_period = overview.rated.is_ramp;
  answer.self_uri = std::move(self);
  answer.usages.reserve(overview.rated.lines.size());
  for (const core::RatedLine& line : overview.rated.lines) answer.usages.push_back(to_wire(line, price));
  return answer;
}

}  // namespace tallystick::server
