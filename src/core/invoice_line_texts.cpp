#include "core/invoice_line_texts.hpp"

#include "core/price_tiers.hpp"
#include "core/proration.hpp"

namespace tallystick::core {
namespace {

// What fits no Decimal was refused when the period was rated.
std::string text_of(const Exact& number, int rounded_to, int digits_min) {
  return rounded_half_up(number, rounded_to).value_or(Decimal()).to_string_with_places(digits_min);
}

std::string price_text(const ContractItem& item, int digits) {
  std::string text = item.prepay_quantity.to_string();
  if (item.bundle_quantity != Decimal::from_integer(1)) {
    text.append(" (each covers ").append(item.bundle_quantity.to_string()).append(")");
  }
  return text.append(" at ").append(item.prepay_price->to_string_with_places(digits));
}

std::string days_text(std::int64_t days, const BillingPeriod& period) {
  if (days == period.whole_days()) return {};
  return " for " + std::to_string(days) + " of " + std::to_string(period.whole_days()) + " days";
}

std::string covered_text(const RatedLine& line, bool is_in_contract) {
  if (line.allowance && *line.allowance > line.prepaid_units) {
    return " over " + line.allowance->to_string() + " of fair use";
  }
  return is_in_contract ? " over " + line.prepaid_units.to_string() + " prepaid" : " outside the contract";
}

std::string tiers_text(const std::vector<TierPart>& parts, int digits) {
  std::string text;
  for (const TierPart& part : parts) {
    text += text.empty() ? ": " : ", ";
    text += text_of(part.units, Decimal::places, 0) + " at " + part.price.to_string_with_places(digits);
  }
  return text;
}

}  // namespace

std::string prepay_text(const ItemInPeriod& item, const BillingPeriod& period, int digits) {
  struct Part {
    std::string price;
    std::int64_t days;
  };
  std::vector<Part> parts;
  for (const ItemStretch& stretch : item.stretches) {
    if (!stretch.item->prepay_price || stretch.item->prepay_quantity.is_zero()) continue;
    std::string price = price_text(*stretch.item, digits);
    // Versions may differ in what has no part in this line.
    if (!parts.empty() && parts.back().price == price) {
      parts.back().days += stretch.days;
    } else {
      parts.push_back({std::move(price), stretch.days});
    }
  }
  std::string text;
  for (const Part& part : parts) {
    if (!text.empty()) text += ", ";
    text += part.price + days_text(part.days, period);
  }
  return text;
}

std::string overage_text(const RatedLine& line, const ContractItem* item, int digits) {
  std::string text = line.overage_quantity.to_string() + covered_text(line, item != nullptr);
  if (item != nullptr) {
    const std::vector<TierPart> parts = tier_parts(item->overage_tiers, exact(line.overage_quantity));
    if (parts.size() > 1) return text + tiers_text(parts, digits);
  }
  const bool is_list_price = item == nullptr || (item->overage_tiers.empty() && !item->overage_price);
  text += is_list_price ? ", at the list price of " : ", at ";
  return text + line.overage_price.value_or(Decimal()).to_string_with_places(digits);
}

std::string minimum_text(Decimal minimum, const BillingPeriod& period, int digits) {
  const std::string agreed = minimum.to_string_with_places(digits);
  const std::string days = days_text(period.days(), period);
  if (days.empty()) return "to the minimum of " + agreed;
  return "to the minimum of " + text_of(prorated(minimum, period), digits, digits) + ", " + agreed + days;
}

std::string adjustment_heading(const BillingPeriod& period) {
  return "Adjustment of " + to_string(period.start) + " to " + to_string(period.end - std::chrono::days{1}) + ": ";
}

}  // namespace tallystick::core
