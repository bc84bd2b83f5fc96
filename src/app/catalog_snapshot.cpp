#include "app/catalog_snapshot.hpp"

#include <algorithm>
#include <utility>

#include "app/letter_case.hpp"

namespace tallystick::app {
namespace {

template <class Map, class Key>
auto* find_in(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : found->second;
}

template <class Entity>
std::span<const Entity> list_in(const std::unordered_map<core::OrganizationId, std::vector<Entity>>& map,
                                const core::OrganizationId& id) {
  const auto found = map.find(id);
  return found == map.end() ? std::span<const Entity>() : std::span<const Entity>(found->second);
}

}  // namespace

CatalogSnapshot::CatalogSnapshot(core::Catalog catalog, core::OAuthClient operator_client)
    : catalog_(std::move(catalog)),
      operator_organization_{core::operator_organization_id, std::string(core::operator_organization_name)},
      operator_client_(std::move(operator_client)),
      metering_families_(catalog_.products) {
  // The built-in ones come first, so that nothing declared can take their place.
  organizations_.emplace(operator_organization_.id, &operator_organization_);
  clients_.emplace(operator_client_.id, &operator_client_);
  for (const auto& organization : catalog_.organizations) organizations_.emplace(organization.id, &organization);
  for (const auto& client : catalog_.clients) clients_.emplace(client.id, &client);
  for (const auto& user : catalog_.users) {
    users_.emplace(user.id, &user);
    users_by_email_.emplace(std::pair(user.organization, without_case(user.email)), &user);
  }
  for (const auto& product : catalog_.products) products_.emplace(product.key, &product);
  for (const auto& seller : catalog_.sellers) sellers_.emplace(seller.key, &seller);
  for (const auto& contract : catalog_.contracts) contracts_[contract.organization].push_back(contract);
  for (auto& [organization, contracts] : contracts_) {
    std::sort(contracts.begin(), contracts.end(),
              [](const auto& a, const auto& b) { return a.effective < b.effective; });
  }
  for (const auto& trust : catalog_.trusts) trusts_[trust.trustee].push_back(trust);
  for (auto& [trustee, trusts] : trusts_) {
    std::sort(trusts.begin(), trusts.end(), [](const auto& a, const auto& b) { return a.trustor < b.trustor; });
  }
}

const core::Organization* CatalogSnapshot::organization(const core::OrganizationId& id) const {
  return find_in(organizations_, id);
}
const core::OAuthClient* CatalogSnapshot::client(std::string_view id) const {
  return find_in(clients_, id);
}
const core::User* CatalogSnapshot::user(std::string_view id) const {
  return find_in(users_, id);
}
const core::User* CatalogSnapshot::user_of(const core::OrganizationId& organization, std::string_view email) const {
  return find_in(users_by_email_, std::pair(organization, without_case(email)));
}
const core::SamlIssuer* CatalogSnapshot::saml_issuer(const core::OrganizationId& organization,
                                                     std::string_view issuer) const {
  const auto found = std::ranges::find_if(catalog_.saml, [&](const core::SamlIssuer& known) {
    return known.organization == organization && known.issuer == issuer;
  });
  return found == catalog_.saml.end() ? nullptr : &*found;
}
const core::Product* CatalogSnapshot::product(std::string_view key) const {
  return find_in(products_, key);
}
std::span<const core::Contract> CatalogSnapshot::contracts_of(const core::OrganizationId& organization) const {
  return list_in(contracts_, organization);
}
std::span<const core::Trust> CatalogSnapshot::trusts_of(const core::OrganizationId& trustee) const {
  return list_in(trusts_, trustee);
}
const core::Seller* CatalogSnapshot::seller(std::string_view key) const {
  return find_in(sellers_, key);
}
core::Seller CatalogSnapshot::seller_of(const core::Contract& contract) const {
  const auto& named = contract.invoices.seller;
  if (const core::Seller* found = named ? seller(*named) : nullptr) return *found;
  if (!named && catalog_.sellers.size() == 1) return catalog_.sellers.front();
  core::Seller built_in;
  built_in.key = core::built_in_seller_key;
  built_in.name = core::operator_organization_name;
  return built_in;
}
std::chrono::hours CatalogSnapshot::close_grace() const {
  return std::chrono::hours(catalog_.settings.close_grace_hours.value_or(core::close_grace_hours_default));
}

store::Stored<std::shared_ptr<const CatalogSnapshot>> load_current_catalog(const store::Store& store,
                                                                           core::OAuthClient operator_client) {
  auto catalog = store.load_catalog();
  if (!catalog) return fail(std::move(catalog.error()));
  return std::make_shared<const CatalogSnapshot>(std::move(*catalog), std::move(operator_client));
}

}  // namespace tallystick::app
