#include "app/catalog_rules.hpp"

#include <string>
#include <utility>

#include "tallystick/core/currency.hpp"

namespace tallystick::app {
namespace {

// 12 digits before the point (domain.md, "Overview"); a Decimal has 9 after it.
constexpr std::int64_t price_limit = 1'000'000'000'000;

void check_organizations(DocumentFaults& faults, const core::CatalogDocument& document) {
  DeclaredKeys<core::OrganizationId> declared;
  for (std::size_t i = 0; i < document.organizations.size(); ++i) {
    const core::Organization& organization = document.organizations[i];
    const DocumentPlace place = DocumentPlace() / "organizations" / i;
    if (organization.id == core::operator_organization_id) {
      faults.add(place / "id", "is the built-in organization Operator, which is in no document");
    }
    declared.check(faults, place / "id", place, organization.id);
    faults.check_text(place / "name", organization.name, catalog_text_bytes_max);
  }
}

void check_trusts(DocumentFaults& faults, const core::CatalogDocument& document, const CatalogReferences& references) {
  DeclaredKeys<std::pair<core::OrganizationId, core::OrganizationId>> declared;
  for (std::size_t i = 0; i < document.trusts.size(); ++i) {
    const core::Trust& trust = document.trusts[i];
    const DocumentPlace place = DocumentPlace() / "trusts" / i;
    declared.check(faults, place, place, {trust.trustee, trust.trustor});
    for (const auto& [key, id] : {std::pair{"trustee", trust.trustee}, std::pair{"trustor", trust.trustor}}) {
      check_organization_reference(faults, place / key, references, id);
    }
    if (trust.trustee == trust.trustor) {
      faults.add(place / "trustee", "is the trustor too, and an organization is never its own trustee");
    }
  }
}

}  // namespace

CatalogReferences::CatalogReferences(const core::CatalogDocument& document, const core::Catalog& current, bool prune) {
  for (const auto& organization : document.organizations) organizations.insert(organization.id);
  for (const auto& product : document.products) products.try_emplace(product.key, &product);
  for (const auto& seller : document.sellers) sellers.insert(seller.key);
  for (const auto& issuer : document.saml) organizations_with_saml.insert(issuer.organization);
  if (prune) return;
  std::unordered_set<core::Uuid> declared_contracts;
  for (const auto& contract : document.contracts) declared_contracts.insert(contract.id);
  for (const auto& contract : current.contracts) {
    if (!declared_contracts.contains(contract.id)) kept_contracts.push_back(&contract);
  }
  for (const auto& organization : current.organizations) organizations.insert(organization.id);
  for (const auto& product : current.products) products.try_emplace(product.key, &product);
  for (const auto& seller : current.sellers) sellers.insert(seller.key);
  for (const auto& issuer : current.saml) organizations_with_saml.insert(issuer.organization);
  std::unordered_set<std::string_view> declared_users;
  for (const auto& declared : document.users) declared_users.insert(declared.user.id);
  for (const auto& user : current.users) {
    if (!declared_users.contains(user.id)) kept_users.push_back(&user);
  }
}

std::vector<core::Fault> check_catalog_document(const core::CatalogDocument& document, const CatalogSnapshot& current,
                                                bool prune) {
  const CatalogReferences references(document, current.declared(), prune);
  DocumentFaults faults;
  check_organizations(faults, document);
  check_trusts(faults, document, references);
  check_clients(faults, document, references, current);
  check_users(faults, document, references, current);
  check_saml(faults, document, references);
  check_products(faults, document, references);
  check_contracts(faults, document, references);
  check_sellers(faults, document);
  check_settings(faults, document.settings);
  return faults.list();
}

void check_organization_reference(DocumentFaults& faults, const DocumentPlace& place,
                                  const CatalogReferences& references, const core::OrganizationId& id) {
  if (references.organizations.contains(id)) return;
  faults.add(place, "no organization of the document or the catalog has this id");
}

const core::Product* check_product_reference(DocumentFaults& faults, const DocumentPlace& place,
                                             const CatalogReferences& references, const std::string& key) {
  const auto product = references.products.find(key);
  if (product != references.products.end()) return product->second;
  faults.add(place, "no product of the document or the catalog has this key");
  return nullptr;
}

void check_currency(DocumentFaults& faults, const DocumentPlace& place, std::string_view code) {
  if (core::minor_digits(code)) return;
  faults.add(place, "must be the ISO 4217 code of a currency in use, three capital letters such as USD");
}

void check_not_negative(DocumentFaults& faults, const DocumentPlace& place, core::Decimal number) {
  if (number.is_negative()) faults.add(place, "must not be negative");
}

void check_price(DocumentFaults& faults, const DocumentPlace& place, core::Decimal price) {
  check_not_negative(faults, place, price);
  if (price >= core::Decimal::from_integer(price_limit)) faults.add(place, "has more than 12 digits before the point");
}

}  // namespace tallystick::app
