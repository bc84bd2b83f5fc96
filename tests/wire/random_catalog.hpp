#pragma once
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tallystick/core/catalog.hpp"
#include "tallystick/core/metering.hpp"
#include "tallystick/wire/trustee_billing_overview.hpp"
#include "wire/random_text.hpp"

// Catalogs of any shape that the document can have, whether their rules hold or not.
namespace tallystick::wire {

inline core::OrganizationId random_organization_id() {
  return {*rc::gen::container<std::array<std::uint8_t, 16>>(rc::gen::arbitrary<std::uint8_t>())};
}

inline core::Decimal random_decimal() {
  const auto whole = *rc::gen::inRange<std::int64_t>(-999'999'999'999'999'999, 999'999'999'999'999'999);
  const auto fraction = *rc::gen::inRange<std::int64_t>(0, core::Decimal::one_units);
  return core::Decimal::from_units(core::int128{whole} * core::Decimal::one_units + (whole < 0 ? -fraction : fraction));
}

inline bool random_flag() {
  return *rc::gen::arbitrary<bool>();
}

template <class Make>
auto random_list(Make make) {
  std::vector<decltype(make())> list;
  const auto count = *rc::gen::inRange<std::size_t>(0, 4);
  list.reserve(count);
  while (list.size() < count) list.push_back(make());
  return list;
}

inline std::string random_word() {
  return *random_text();
}

inline core::OAuthClient random_client() {
  core::OAuthClient client;
  client.id = random_word();
  client.organization = random_organization_id();
  client.permissions = random_list(random_word);
  if (random_flag()) client.token_seconds = *rc::gen::arbitrary<std::int64_t>();
  client.redirect_uris = random_list(random_word);
  return client;
}

inline core::FairUse random_fair_use() {
  core::FairUse grant;
  if (random_flag()) {
    grant.organization = random_decimal();
  } else {
    grant.product = random_word();
    grant.each = random_decimal();
  }
  return grant;
}

template <class Row>
const Row& random_row(std::span<const Row> table) {
  return table[*rc::gen::inRange<std::size_t>(0, table.size())];
}

inline core::Metering random_metering() {
  core::Metering metering;
  metering.kind = random_row(core::metering_rules()).kind;
  if (random_flag()) metering.family = random_word();
  if (random_flag()) metering.rank = *rc::gen::arbitrary<std::int64_t>();
  if (random_flag()) metering.step_seconds = *rc::gen::arbitrary<std::int64_t>();
  if (random_flag()) metering.unit = random_row(core::metering_units()).unit;
  return metering;
}

inline core::Product random_product() {
  core::Product product;
  product.key = random_word();
  product.name = random_word();
  if (random_flag()) product.short_name = random_word();
  product.part_number = random_word();
  product.grouping = random_word();
  product.unit = random_word();
  product.metering = random_metering();
  for (const auto& currency : random_list(random_word)) product.list_price[currency] = random_decimal();
  product.third_party = random_flag();
  product.cancellable = random_flag();
  product.fair_use = random_list(random_fair_use);
  if (random_flag()) product.rolls_up = core::RollUp{random_word(), random_decimal()};
  return product;
}

inline std::optional<core::Decimal> random_optional_decimal() {
  return random_flag() ? std::optional(random_decimal()) : std::nullopt;
}

inline core::Day random_day() {
  using std::chrono::year;
  const core::Day first{year{2} / 1 / 1};
  const core::Day last{year{9999} / 12 / 31};
  return first + std::chrono::days{*rc::gen::inRange<int>(0, static_cast<int>((last - first).count()) + 1)};
}

inline core::ContractItem random_contract_item() {
  core::ContractItem item;
  item.product = random_word();
  if (random_flag()) item.prepay_quantity = random_decimal();
  item.prepay_price = random_optional_decimal();
  item.overage_price = random_optional_decimal();
  item.overage_tiers = random_list([] { return core::PriceTier{random_optional_decimal(), random_decimal()}; });
  if (random_flag()) item.bundle_quantity = random_decimal();
  if (random_flag()) item.notes = random_word();
  return item;
}

inline std::optional<core::PostalAddress> random_address() {
  if (!random_flag()) return std::nullopt;
  return core::PostalAddress{.line1 = random_word(),
                             .line2 = random_word(),
                             .line3 = random_word(),
                             .city = random_word(),
                             .postal_code = random_word(),
                             .state = random_word(),
                             .country_code = random_word()};
}

inline std::optional<core::BillingParty> random_party() {
  if (!random_flag()) return std::nullopt;
  return core::BillingParty{random_word(), random_word(), random_address()};
}

inline core::InvoiceTerms random_invoice_terms() {
  core::InvoiceTerms terms;
  if (random_flag()) terms.seller = random_word();
  terms.bill_to = random_party();
  terms.ship_to = random_party();
  terms.sold_to = random_party();
  terms.end_customer = random_party();
  terms.purchase_orders = random_list(random_word);
  terms.commercial_model = random_word();
  terms.payment_terms = random_word();
  terms.payment_link = random_word();
  return terms;
}

inline core::Seller random_seller() {
  return core::Seller{.key = random_word(),
                      .name = random_word(),
                      .address = random_address(),
                      .tax_number = random_word(),
                      .email = random_word(),
                      .phone = random_word(),
                      .website = random_word(),
                      .invoice_prefix = random_word(),
                      .notes = random_list(random_word)};
}

inline core::Contract random_contract() {
  core::Contract contract;
  contract.id = random_organization_id();
  contract.organization = random_organization_id();
  contract.number = random_word();
  contract.currency = random_word();
  using NamedType = std::pair<SubscriptionType, std::string_view>;
  contract.subscription_type = random_row(std::span<const NamedType>(EnumTexts<SubscriptionType>::values)).second;
  contract.effective = random_day();
  contract.end = random_day();
  if (random_flag()) contract.ramp = core::Ramp{random_day(), random_day()};
  contract.minimum_monthly_amount = random_optional_decimal();
  if (random_flag()) contract.billing_day = *rc::gen::inRange<unsigned>(1, 32);
  contract.invoices = random_invoice_terms();
  contract.items = random_list(random_contract_item);
  contract.amendments = random_list([] { return core::Amendment{random_day(), random_list(random_contract_item)}; });
  return contract;
}

inline core::Catalog random_catalog() {
  core::Catalog catalog;
  catalog.organizations = random_list([] { return core::Organization{random_organization_id(), random_word()}; });
  catalog.trusts = random_list([] {
    return core::Trust{random_organization_id(), random_organization_id(), random_flag()};
  });
  catalog.clients = random_list(random_client);
  catalog.products = random_list(random_product);
  catalog.contracts = random_list(random_contract);
  catalog.sellers = random_list(random_seller);
  catalog.users = random_list([] {
    return core::User{random_word(), random_organization_id(), random_word(), {}, random_list(random_word)};
  });
  catalog.saml = random_list([] { return core::SamlIssuer{random_organization_id(), random_word(), random_word()}; });
  if (random_flag()) catalog.settings.close_grace_hours = *rc::gen::arbitrary<std::int64_t>();
  return catalog;
}

}  // namespace tallystick::wire
