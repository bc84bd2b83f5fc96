#include "wire/contract_read.hpp"

#include "tallystick/wire/trustee_billing_overview.hpp"
#include "wire/catalog_keys.hpp"
#include "wire/seller_read.hpp"

namespace tallystick::wire {
namespace {

namespace key = catalog_key;

std::optional<std::string> read_subscription_type(const Value& value, const Path& at, FaultList& faults) {
  const auto text = read_string(value, at, faults);
  if (!text) return std::nullopt;
  if (OpenEnum<SubscriptionType>::from_text(*text).known()) return std::string(*text);
  std::string message = "must be one of ";
  for (const auto& [type, name] : EnumTexts<SubscriptionType>::values) {
    if (!message.ends_with(' ')) message += ", ";
    message += name;
  }
  faults.add(at, message);
  return std::nullopt;
}

std::optional<unsigned> read_day_of_month(const Value& value, const Path& at, FaultList& faults) {
  const auto day = read_integer(value, at, faults);
  if (!day) return std::nullopt;
  if (*day >= 1 && *day <= 31) return static_cast<unsigned>(*day);
  faults.add(at, words::day_of_month);
  return std::nullopt;
}

core::PriceTier read_price_tier(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::PriceTier tier;
  tier.up_to = object.optional(key::up_to, read_decimal);
  tier.price = object.required(key::price, read_decimal).value_or(core::Decimal());
  object.finish();
  return tier;
}

core::ContractItem read_item(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::ContractItem item;
  item.product = object.required_text(key::product);
  item.prepay_quantity = object.optional(key::prepay_quantity, read_decimal).value_or(item.prepay_quantity);
  item.prepay_price = object.optional(key::prepay_price, read_decimal);
  item.overage_price = object.optional(key::overage_price, read_decimal);
  item.overage_tiers = object.array(key::overage_tiers, read_price_tier);
  item.bundle_quantity = object.optional(key::bundle_quantity, read_decimal).value_or(item.bundle_quantity);
  item.notes = object.optional(key::notes, read_string).value_or(std::string_view());
  object.finish();
  return item;
}

core::Ramp read_ramp(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::Ramp ramp;
  ramp.start = object.required(key::start, read_date).value_or(core::Day());
  ramp.end = object.required(key::end, read_date).value_or(core::Day());
  object.finish();
  return ramp;
}

core::Amendment read_amendment(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::Amendment amendment;
  amendment.date = object.required(key::date, read_date).value_or(core::Day());
  amendment.items = object.array(key::items, read_item);
  object.finish();
  return amendment;
}

}  // namespace

core::Contract read_contract(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::Contract contract;
  contract.id = object.required(key::id, read_uuid).value_or(core::Uuid());
  contract.organization = object.required(key::organization, read_uuid).value_or(core::OrganizationId());
  contract.number = object.required_text(key::number);
  contract.currency = object.required_text(key::currency);
  contract.subscription_type = object.required(key::subscription_type, read_subscription_type).value_or("");
  contract.effective = object.required(key::effective, read_date).value_or(core::Day());
  contract.end = object.required(key::end, read_date).value_or(core::Day());
  if (const Value* ramp = object.find(key::ramp)) {
    contract.ramp = read_ramp(*ramp, at.member(key::ramp), reading);
  }
  contract.minimum_monthly_amount = object.optional(key::minimum_monthly_amount, read_decimal);
  contract.billing_day = object.optional(key::billing_day, read_day_of_month);
  contract.invoices = read_invoice_terms(object, at, reading);
  contract.items = object.array(key::items, read_item);
  contract.amendments = object.array(key::amendments, read_amendment);
  object.finish();
  return contract;
}

}  // namespace tallystick::wire
