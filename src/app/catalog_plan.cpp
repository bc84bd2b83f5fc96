#include "app/catalog_plan.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "app/catalog_rules.hpp"
#include "app/document_faults.hpp"
#include "tallystick/core/metering.hpp"

namespace tallystick::app {
namespace {

core::OrganizationId key_of(const core::Organization& organization) {
  return organization.id;
}
std::pair<core::OrganizationId, core::OrganizationId> key_of(const core::Trust& trust) {
  return {trust.trustee, trust.trustor};
}
std::string_view key_of(const core::OAuthClient& client) {
  return client.id;
}
std::string_view key_of(const core::Product& product) {
  return product.key;
}
core::Uuid key_of(const core::Contract& contract) {
  return contract.id;
}
std::string_view key_of(const core::Seller& seller) {
  return seller.key;
}

std::string_view key_of(const core::User& user) {
  return user.id;
}
std::pair<core::OrganizationId, std::string_view> key_of(const core::SamlIssuer& issuer) {
  return {issuer.organization, issuer.issuer};
}

std::string description_of(const core::Organization& organization) {
  return "organization " + organization.id.to_string();
}
std::string description_of(const core::Trust& trust) {
  return "trust " + trust.trustee.to_string() + " " + trust.trustor.to_string();
}
std::string description_of(const core::OAuthClient& client) {
  return "client " + client.id;
}
std::string description_of(const core::Product& product) {
  return "product " + product.key;
}
std::string description_of(const core::Contract& contract) {
  return "contract " + contract.id.to_string();
}
std::string description_of(const core::Seller& seller) {
  return "seller " + seller.key;
}
std::string description_of(const core::User& user) {
  return "user " + user.id;
}
std::string description_of(const core::SamlIssuer& issuer) {
  return "saml " + issuer.organization.to_string() + " " + issuer.issuer;
}

/// One kind of entity, before and after.
template <class Entity>
struct Difference {
  std::vector<Entity> result;
  std::vector<Entity> put;
  std::vector<Entity> removed;
  struct Update {
    std::size_t index;  ///< in the document
    const Entity* before;
  };
  std::vector<Update> updates;
};

template <class Entity>
Difference<Entity> compare(const std::vector<Entity>& current, const std::vector<Entity>& declared, bool prune,
                           AppliedChanges& changes) {
  using Key = decltype(key_of(current.front()));
  std::map<Key, const Entity*> before;
  for (const Entity& entity : current) before.emplace(key_of(entity), &entity);
  std::map<Key, const Entity*> after;
  for (const Entity& entity : declared) after.emplace(key_of(entity), &entity);

  Difference<Entity> difference;
  for (const Entity& entity : current) {
    const auto found = after.find(key_of(entity));
    if (found != after.end()) {
      difference.result.push_back(*found->second);
    } else if (!prune) {
      difference.result.push_back(entity);
    } else {
      difference.removed.push_back(entity);
      changes.removed.push_back(description_of(entity));
    }
  }
  for (std::size_t i = 0; i < declared.size(); ++i) {
    const Entity& entity = declared[i];
    const auto found = before.find(key_of(entity));
    if (found == before.end()) {
      difference.result.push_back(entity);
      difference.put.push_back(entity);
      changes.created.push_back(description_of(entity));
    } else if (*found->second != entity) {
      difference.put.push_back(entity);
      difference.updates.push_back({i, found->second});
      changes.updated.push_back(description_of(entity));
    } else {
      ++changes.unchanged;
    }
  }
  return difference;
}

// Settings are no entities: what a document does not set stays, with prune too.
core::Settings compare_settings(const core::Settings& current, const core::Settings& declared,
                                AppliedChanges& changes) {
  core::Settings result = current;
  if (declared.close_grace_hours) result.close_grace_hours = declared.close_grace_hours;
  if (result != current) {
    (current == core::Settings() ? changes.created : changes.updated).emplace_back("settings");
  } else if (declared != core::Settings()) {
    ++changes.unchanged;
  }
  return result;
}

// What the events that are stored already would then mean otherwise (interface.md, "A catalog").
void require_no_usage(std::vector<UsageCondition>& conditions, std::size_t index, const core::Product& before,
                      const core::Product& after) {
  const DocumentPlace place = DocumentPlace() / "products" / index;
  const auto require = [&](const DocumentPlace& at, const std::string& what) {
    conditions.push_back({{}, after.key, {at.pointer(), what + ": product " + after.key + " has usage"}});
  };
  if (before.metering.kind != after.metering.kind) {
    require(place / "metering" / "kind", "cannot change from " + std::string(core::to_string(before.metering.kind)) +
                                             " to " + std::string(core::to_string(after.metering.kind)));
  }
  if (before.metering.family != after.metering.family) require(place / "metering" / "family", "cannot change");
  if (core::unit_of(before.metering) != core::unit_of(after.metering))
    require(place / "metering" / "unit", "cannot change");
  if (before.unit != after.unit) require(place / "unit", "cannot change from " + before.unit + " to " + after.unit);
}

// The clients, or people, that have another secret than before, or that had or will have none. A new one is among them
// for the sake of a log-in that was under way when its predecessor of that id and secret was removed.
template <class Account>
std::vector<std::string> ids_with_another_secret(const Difference<Account>& accounts) {
  std::vector<std::string> ids;
  for (const Account& account : accounts.removed) ids.push_back(account.id);
  std::map<std::string_view, std::string_view> hashes_before;
  for (const auto& update : accounts.updates) hashes_before.emplace(update.before->id, update.before->secret_hash);
  for (const Account& account : accounts.put) {
    const auto before = hashes_before.find(account.id);
    if (before == hashes_before.end() || before->second != account.secret_hash) ids.push_back(account.id);
  }
  return ids;
}

std::string still_used(const std::string& what) {
  return what + " has usage and cannot be removed; keep it in the document, or apply without prune";
}

// interface.md, "A catalog": prune refuses to remove what has contracts, also when it would remove them too.
std::vector<core::Fault> organizations_with_contracts(const std::vector<core::Organization>& removed,
                                                      const std::vector<core::Contract>& contracts) {
  std::vector<core::Fault> faults;
  for (const core::Organization& organization : removed) {
    const bool has_one = std::any_of(contracts.begin(), contracts.end(), [&](const core::Contract& contract) {
      return contract.organization == organization.id;
    });
    if (!has_one) continue;
    faults.push_back({"/organizations", description_of(organization) +
                                            " has contracts and cannot be removed; keep it in the document, remove "
                                            "its contracts first, or apply without prune"});
  }
  return faults;
}

}  // namespace

CatalogPlan plan_catalog(const core::CatalogDocument& document, const core::Catalog& current, bool prune) {
  CatalogPlan plan;
  std::vector<core::OAuthClient> declared_clients;
  for (const auto& declared : document.clients) declared_clients.push_back(declared.client);
  std::vector<core::User> declared_users;
  for (const auto& declared : document.users) declared_users.push_back(declared.user);

  auto organizations = compare(current.organizations, document.organizations, prune, plan.changes);
  auto trusts = compare(current.trusts, document.trusts, prune, plan.changes);
  auto clients = compare(current.clients, declared_clients, prune, plan.changes);
  auto products = compare(current.products, document.products, prune, plan.changes);
  auto contracts = compare(current.contracts, document.contracts, prune, plan.changes);
  auto sellers = compare(current.sellers, document.sellers, prune, plan.changes);
  auto users = compare(current.users, declared_users, prune, plan.changes);
  auto saml = compare(current.saml, document.saml, prune, plan.changes);
  const core::Settings settings = compare_settings(current.settings, document.settings, plan.changes);

  for (const auto& organization : organizations.removed) {
    plan.change.removed_organizations.push_back(organization.id);
    plan.conditions.push_back({organization.id, {}, {"/organizations", still_used(description_of(organization))}});
  }
  for (const auto& client : clients.removed) plan.change.removed_clients.push_back(client.id);
  for (const auto& product : products.removed) {
    plan.change.removed_products.push_back(product.key);
    plan.conditions.push_back({{}, product.key, {"/products", still_used(description_of(product))}});
  }
  for (const auto& update : products.updates) {
    require_no_usage(plan.conditions, update.index, *update.before, document.products[update.index]);
  }
  for (const auto& contract : contracts.removed) plan.change.removed_contracts.push_back(contract.id);
  for (const auto& seller : sellers.removed) plan.change.removed_sellers.push_back(seller.key);
  for (const auto& user : users.removed) plan.change.removed_users.push_back(user.id);
  for (const auto& issuer : saml.removed) plan.change.removed_saml.emplace_back(issuer.organization, issuer.issuer);
  plan.conflicts = overlaps_with_kept_contracts(document, CatalogReferences(document, current, prune));
  for (auto& fault : organizations_with_contracts(organizations.removed, current.contracts)) {
    plan.conflicts.push_back(std::move(fault));
  }
  plan.change.tokens_ended_of = ids_with_another_secret(clients);
  plan.change.tokens_ended_of_users = ids_with_another_secret(users);
  plan.change.removed_trusts = std::move(trusts.removed);
  plan.change.put = {.organizations = std::move(organizations.put),
                     .trusts = std::move(trusts.put),
                     .clients = std::move(clients.put),
                     .products = std::move(products.put),
                     .contracts = std::move(contracts.put),
                     .sellers = std::move(sellers.put),
                     .settings = document.settings,
                     .users = std::move(users.put),
                     .saml = std::move(saml.put)};
  plan.result = {.organizations = std::move(organizations.result),
                 .trusts = std::move(trusts.result),
                 .clients = std::move(clients.result),
                 .products = std::move(products.result),
                 .contracts = std::move(contracts.result),
                 .sellers = std::move(sellers.result),
                 .settings = settings,
                 .users = std::move(users.result),
                 .saml = std::move(saml.result)};
  return plan;
}

}  // namespace tallystick::app
