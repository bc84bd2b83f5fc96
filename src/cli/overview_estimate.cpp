#include "cli/overview_estimate.hpp"

#include <algorithm>
#include <map>

#include "core/exact_number.hpp"
#include "tallystick/core/currency.hpp"
#include "tallystick/core/rating.hpp"

namespace tallystick::cli {
namespace {

using core::Exact;

std::optional<Exact> number_of(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const auto decimal = core::Decimal::parse(*text);
  return decimal ? std::optional(core::exact(*decimal)) : std::nullopt;
}

bool is_never_charged(const wire::SubscriptionOverviewUsage& line) {
  return line.grouping == wire::fair_use_grouping || line.grouping == wire::rollup_usage_grouping;
}

bool is_license(const wire::SubscriptionOverviewUsage& line) {
  core::Product product;
  product.grouping = line.grouping;
  return core::is_license(product);
}

int digits_of(std::string_view currency) {
  return core::minor_digits(currency).value_or(core::Decimal::places);
}

// quantity × price; nothing times no price is nothing.
std::optional<Exact> cost(const Exact& quantity, const std::optional<std::string>& price) {
  if (quantity == 0) return Exact(0);
  const auto each = number_of(price);
  return each ? std::optional(Exact(quantity * *each)) : std::nullopt;
}

class Estimator {
 public:
  explicit Estimator(const wire::TrusteeBillingOverview& overview) : overview_(overview) {
    for (const auto& line : overview.usages) {
      const auto allowance = number_of(line.bundle_quantity);
      if (line.grouping == wire::fair_use_grouping && allowance) allowances_[line.part_number] += *allowance;
    }
  }

  [[nodiscard]] LineEstimate estimate(const wire::SubscriptionOverviewUsage& line) const {
    if (is_never_charged(line)) return {};
    const auto usage = number_of(line.usage_quantity);
    const auto prepaid = number_of(line.prepay_quantity);
    const auto bundle = line.bundle_quantity ? number_of(line.bundle_quantity) : std::optional(Exact(1));
    if (!usage || !prepaid || !bundle) return {};
    Exact covered = *prepaid * *bundle;
    const auto allowance = allowances_.find(line.part_number);
    if (allowance != allowances_.end()) covered = std::max(covered, allowance->second);
    const Exact overage = *usage > covered ? Exact(*usage - covered) : Exact(0);
    return {core::rounded_half_up(overage, core::Decimal::places), amount_of(line, *prepaid, overage)};
  }

 private:
  [[nodiscard]] std::optional<core::Decimal> amount_of(const wire::SubscriptionOverviewUsage& line,
                                                       const Exact& prepaid, const Exact& overage) const {
    if (overview_.in_ramp_period.value_or(false) && is_license(line)) return core::Decimal();
    const auto prepay_cost = cost(prepaid, line.prepay_price);
    const auto overage_cost = cost(overage, line.overage_price);
    if (!prepay_cost || !overage_cost) return std::nullopt;
    return core::rounded_half_up(*prepay_cost + *overage_cost, digits_of(overview_.currency));
  }

  const wire::TrusteeBillingOverview& overview_;
  std::map<std::string, Exact> allowances_;  ///< by part number
};

}  // namespace

std::vector<LineEstimate> estimate_lines(const wire::TrusteeBillingOverview& overview) {
  const Estimator estimator(overview);
  std::vector<LineEstimate> estimates;
  for (const auto& line : overview.usages) estimates.push_back(estimator.estimate(line));
  return estimates;
}

}  // namespace tallystick::cli
