#include "app/catalog_rules.hpp"

#include <string>
#include <utility>

#include "app/permission.hpp"
#include "app/secret.hpp"
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

void check_permissions(DocumentFaults& faults, const DocumentPlace& place, const core::OAuthClient& client) {
  for (std::size_t i = 0; i < client.permissions.size(); ++i) {
    const std::string& permission = client.permissions[i];
    if (!is_well_formed_permission(permission)) {
      faults.add(place / i, "must be `domain:entity:action`, each part `*` or of letters, digits, - and _");
    } else if (client.organization != core::operator_organization_id && !may_be_held_by_customers(permission)) {
      faults.add(place / i,
                 "is for clients of Operator alone; of the domain tallystick others may hold tallystick:event:add and "
                 "tallystick:report:view");
    }
  }
}

void check_secret(DocumentFaults& faults, const DocumentPlace& place, const core::CatalogDocument::Client& declared,
                  const CatalogSnapshot& current) {
  const std::string& hash = declared.client.secret_hash;
  if (!declared.secret.empty() && !hash.empty()) {
    faults.add(place / "secret_hash", "goes instead of a secret, not with one");
  }
  if (declared.secret.size() > client_secret_bytes_max) {
    faults.check_text(place / "secret", declared.secret, client_secret_bytes_max);
  }
  if (!hash.empty() && !is_acceptable_secret_hash(hash)) {
    faults.add(place / "secret_hash", "must be an argon2id hash ($argon2id$v=19$…) of at most 256 MiB and 4 passes");
  }
  if (declared.secret.empty() && hash.empty() && current.client(declared.client.id) == nullptr) {
    faults.add(place / "secret", "is required: the client is new (or give secret_hash)");
  }
}

void check_clients(DocumentFaults& faults, const core::CatalogDocument& document, const CatalogReferences& references,
                   const CatalogSnapshot& current) {
  DeclaredKeys<std::string_view> declared;
  for (std::size_t i = 0; i < document.clients.size(); ++i) {
    const core::OAuthClient& client = document.clients[i].client;
    const DocumentPlace place = DocumentPlace() / "clients" / i;
    declared.check(faults, place / "id", place, client.id);
    if (!is_plain_identifier(client.id, client_id_bytes_max, true)) {
      faults.add(place / "id", "must be 1 to 64 letters, digits, . _ or -");
    }
    if (client.id == current.operator_client().id) {
      faults.add(place / "id", "is the client that operates this server, which is in no document");
    }
    if (client.organization != core::operator_organization_id) {
      check_organization_reference(faults, place / "organization", references, client.organization);
    }
    check_secret(faults, place, document.clients[i], current);
    check_permissions(faults, place / "permissions", client);
    if (client.token_seconds < token_seconds_min || client.token_seconds > token_seconds_max) {
      faults.add(place / "token_seconds",
                 "must be from " + std::to_string(token_seconds_min) + " to " + std::to_string(token_seconds_max));
    }
    for (std::size_t uri = 0; uri < client.redirect_uris.size(); ++uri) {
      faults.check_text(place / "redirect_uris" / uri, client.redirect_uris[uri], redirect_uri_bytes_max);
    }
  }
}

}  // namespace

CatalogReferences::CatalogReferences(const core::CatalogDocument& document, const core::Catalog& current, bool prune) {
  for (const auto& organization : document.organizations) organizations.insert(organization.id);
  for (const auto& product : document.products) products.try_emplace(product.key, &product);
  for (const auto& seller : document.sellers) sellers.insert(seller.key);
  if (prune) return;
  std::unordered_set<core::Uuid> declared_contracts;
  for (const auto& contract : document.contracts) declared_contracts.insert(contract.id);
  for (const auto& contract : current.contracts) {
    if (!declared_contracts.contains(contract.id)) kept_contracts.push_back(&contract);
  }
  for (const auto& organization : current.organizations) organizations.insert(organization.id);
  for (const auto& product : current.products) products.try_emplace(product.key, &product);
  for (const auto& seller : current.sellers) sellers.insert(seller.key);
}

std::vector<core::Fault> check_catalog_document(const core::CatalogDocument& document, const CatalogSnapshot& current,
                                                bool prune) {
  const CatalogReferences references(document, current.declared(), prune);
  DocumentFaults faults;
  check_organizations(faults, document);
  check_trusts(faults, document, references);
  check_clients(faults, document, references, current);
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
