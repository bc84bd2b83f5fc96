#include "load/catalog_document.hpp"

#include <boost/json.hpp>

#include "load/event_text.hpp"

namespace tallystick::bench {
namespace {

namespace json = boost::json;

constexpr std::string_view partner_id = "7a11e57c-0001-4000-8000-000000000000";
constexpr std::uint16_t contract_item_count = 10;

json::value product(std::uint16_t number) {
  return {{"key", product_key(number)},
          {"name", product_name(number)},
          {"part_number", "PN-" + std::to_string(number)},
          {"grouping", "resource"},
          {"unit", "each"},
          {"metering", {{"kind", "sum"}}},
          {"list_price", {{"USD", "0.02"}}}};
}

std::string contract_id(std::uint16_t organization) {
  std::string id = organization_id(organization);
  id.replace(9, 4, "0002");
  return id;
}

json::value contract(std::uint16_t organization) {
  json::array items;
  for (std::uint16_t number = 0; number < contract_item_count; ++number) {
    items.push_back({{"product", product_key(number)},
                     {"prepay_quantity", "1000"},
                     {"prepay_price", "0.01"},
                     {"overage_price", "0.015"}});
  }
  return {{"id", contract_id(organization)},
          {"organization", organization_id(organization)},
          {"number", std::to_string(organization)},
          {"currency", "USD"},
          {"subscription_type", "PREPAY"},
          {"effective", "2026-01-01"},
          {"end", "2027-01-01"},
          {"items", std::move(items)}};
}

}  // namespace

std::string catalog_document(std::string_view partner_secret) {
  json::array organizations;
  json::array trusts;
  json::array contracts;
  organizations.push_back({{"id", partner_id}, {"name", "Partner"}});
  for (std::uint16_t number = 0; number < declared_organization_count; ++number) {
    organizations.push_back({{"id", organization_id(number)}, {"name", organization_name(number)}});
    trusts.push_back({{"trustee", partner_id}, {"trustor", organization_id(number)}});
    contracts.push_back(contract(number));
  }
  json::array products;
  for (std::uint16_t number = 0; number < product_count; ++number) products.push_back(product(number));
  const json::array permissions{"affiliateOrganization:clientBilling:view"};
  const json::object partner{
      {"id", "partner"}, {"organization", partner_id}, {"secret", partner_secret}, {"permissions", permissions}};
  const json::object document{{"organizations", std::move(organizations)},
                              {"trusts", std::move(trusts)},
                              {"clients", json::array{partner}},
                              {"products", std::move(products)},
                              {"contracts", std::move(contracts)}};
  return json::serialize(document);
}

}  // namespace tallystick::bench
