#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tallystick/core/catalog.hpp"
#include "tallystick/core/event.hpp"
#include "tallystick/core/time.hpp"

namespace tallystick::test {

inline core::TimePoint at(std::string_view text) {
  return core::parse_time(text).value();
}
inline core::Decimal decimal(std::string_view text) {
  return core::Decimal::parse(text).value();
}
inline core::Uuid uuid(std::string_view text) {
  return core::Uuid::parse(text).value();
}

inline const core::OrganizationId partner = uuid("11111111-1111-4111-8111-111111111111");
inline const core::OrganizationId bank = uuid("22222222-2222-4222-8222-222222222222");
inline const core::OrganizationId stranger = uuid("99999999-9999-4999-8999-999999999999");

inline core::Product product(std::string key, std::string name, core::MeteringKind kind) {
  core::Product made;
  made.part_number = "P-" + key;
  made.key = std::move(key);
  made.name = std::move(name);
  made.grouping = "resource";
  made.unit = "each";
  made.metering.kind = kind;
  return made;
}

inline core::Day day(std::string_view text) {
  return core::parse_date(text).value();
}

inline const core::Uuid contract_id = uuid("33333333-3333-4333-8333-333333333333");

/// In dollars, billed on the first, without items.
inline core::Contract contract(core::OrganizationId organization, std::string_view effective, std::string_view end,
                               core::Uuid id = contract_id) {
  core::Contract made;
  made.id = id;
  made.organization = organization;
  made.number = "00041822";
  made.currency = "USD";
  made.subscription_type = "PREPAY";
  made.effective = day(effective);
  made.end = day(end);
  made.billing_day = 1;
  return made;
}

/// Empty prices are absent.
inline core::ContractItem item(std::string product, std::string_view prepay_quantity, std::string_view prepay_price,
                               std::string_view overage_price) {
  core::ContractItem made;
  made.product = std::move(product);
  made.prepay_quantity = decimal(prepay_quantity);
  if (!prepay_price.empty()) made.prepay_price = decimal(prepay_price);
  if (!overage_price.empty()) made.overage_price = decimal(overage_price);
  return made;
}

/// A partner, a bank, and a product for each metering that this version has.
inline core::Catalog sample_catalog() {
  core::Catalog catalog;
  catalog.organizations = {{partner, "Northwind Partners"}, {bank, "Blue Harbor Bank"}};
  catalog.trusts = {{partner, bank, true}};
  catalog.products = {product("seats", "Seats", core::MeteringKind::unique),
                      product("requests", "API requests", core::MeteringKind::sum),
                      product("peak", "Peak load", core::MeteringKind::max),
                      product("storage", "Storage", core::MeteringKind::latest)};
  return catalog;
}

/// A hash of the right form, for clients that never log in.
inline std::string any_secret_hash(char filler = 'A') {
  return "$argon2id$v=19$m=64,t=1,p=1$" + std::string(22, 'A') + "$" + std::string(42, filler) + "A";
}

inline core::OAuthClient client(std::string id, core::OrganizationId organization,
                                std::vector<std::string> permissions) {
  core::OAuthClient made;
  made.id = std::move(id);
  made.organization = organization;
  made.secret_hash = any_secret_hash();
  made.permissions = std::move(permissions);
  return made;
}

inline core::OAuthClient operator_client() {
  return client("operator", core::operator_organization_id, {"*:*:*", "tallystick:*:*"});
}

struct UsageFields {
  std::string id;
  std::string product = "requests";
  std::string resource = "ana@example.com";
  std::string_view time = "2026-03-04T09:15:00Z";
  std::string_view quantity = "1";
  std::string_view until = {};
  core::OrganizationId organization = bank;
};

inline core::Event usage(UsageFields fields) {
  core::UsageEvent event;
  event.source = "test";
  event.id = std::move(fields.id);
  event.organization = fields.organization;
  event.product = std::move(fields.product);
  event.resource = std::move(fields.resource);
  event.time = at(fields.time);
  event.quantity = decimal(fields.quantity);
  if (!fields.until.empty()) event.until = at(fields.until);
  return event;
}

inline core::Event void_of(std::string target_id, std::string id) {
  return core::VoidEvent{"test", std::move(id), bank, "test", std::move(target_id)};
}

}  // namespace tallystick::test
