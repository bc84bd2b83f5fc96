#include "store/billed.hpp"
#include "store/conformance/conformance.hpp"

namespace tallystick::store::test {
namespace {

using CatalogConformance = Conformance;
INSTANTIATE_TEST_SUITE_P(All, CatalogConformance, testing::ValuesIn(all_adapters()), name_of);

core::Product plain_product(const std::string& key) {
  core::Product product;
  product.key = key;
  product.name = "Name of " + key;
  return product;
}

core::OAuthClient client(const std::string& id) {
  return {.id = id,
          .organization = bank,
          .secret_hash = "$argon2id$v=19$x",
          .permissions = {"billing:subscription:view", "tallystick:*:*"},
          .token_seconds = 300,
          .redirect_uris = {"https://example.com/a", ""}};
}

core::Contract plain_contract(std::uint8_t number) {
  core::Contract contract;
  contract.id = uuid(number);
  return contract;
}

core::Seller plain_seller(const std::string& key) {
  core::Seller seller;
  seller.key = key;
  return seller;
}

core::User user(const std::string& id) {
  return {id, bank, id + "@example.com", "$argon2id$v=19$y", {"billing:subscription:view"}};
}

core::SamlIssuer issuer(core::OrganizationId organization, const std::string& name) {
  return {organization, name, "certificate of " + name};
}

CatalogChange put(core::Catalog catalog) {
  CatalogChange change;
  change.put = std::move(catalog);
  return change;
}

core::Catalog load(Store& store) {
  auto catalog = store.load_catalog();
  if (!catalog) throw std::runtime_error(catalog.error().message);
  return *catalog;
}

TEST_P(CatalogConformance, ANewStoreHasNone) {
  EXPECT_EQ(load(store()), core::Catalog());
  EXPECT_EQ(*store().load_operator(), std::nullopt);
}

TEST_P(CatalogConformance, EveryFieldComesBack) {
  core::Catalog catalog;
  catalog.organizations = {{bank, "Blue Harbor Bank"}, {organization(2), "Northwind\n\xC3\xA9"}};
  catalog.trusts = {{organization(2), bank, true}, {bank, organization(2), false}};
  catalog.clients = {client("partner"), core::OAuthClient{}};
  catalog.products = {full_product(), plain_product("a")};
  catalog.contracts = {full_contract(9), plain_contract(4)};
  catalog.sellers = {full_seller("northwind"), plain_seller("a")};
  catalog.settings.close_grace_hours = 0;
  catalog.users = {user("ana"), core::User{}};
  catalog.saml = {issuer(bank, "https://idp.example"), core::SamlIssuer{}};
  ASSERT_TRUE(store().save_catalog(put(catalog)));
  EXPECT_EQ(load(store()), catalog);
  reopen();
  EXPECT_EQ(load(store()), catalog);
}

TEST_P(CatalogConformance, EntitiesKeepTheOrderOfTheirFirstPut) {
  core::Catalog first;
  first.products = {plain_product("m"), plain_product("z"), plain_product("a")};
  first.organizations = {{organization(7), "Seven"}, {organization(3), "Three"}};
  first.contracts = {plain_contract(9), plain_contract(2), plain_contract(5)};
  first.sellers = {plain_seller("z"), plain_seller("b")};
  first.settings.close_grace_hours = 24;
  ASSERT_TRUE(store().save_catalog(put(first)));
  core::Catalog second;
  second.products = {plain_product("b"), plain_product("a")};
  second.products[1].name = "Renamed";
  second.contracts = {plain_contract(1), full_contract(2)};
  second.sellers = {plain_seller("a"), full_seller("b")};
  ASSERT_TRUE(store().save_catalog(put(second)));
  reopen();
  core::Catalog expected = first;
  expected.products[2].name = "Renamed";
  expected.products.push_back(plain_product("b"));
  expected.contracts[1] = full_contract(2);
  expected.contracts.push_back(plain_contract(1));
  expected.sellers = {plain_seller("z"), full_seller("b"), plain_seller("a")};
  EXPECT_EQ(load(store()), expected);
}

TEST_P(CatalogConformance, RemovedEntitiesAreGoneAndComeBackAtTheEnd) {
  core::Catalog all;
  all.organizations = {{bank, "Bank"}, {organization(2), "Two"}};
  all.trusts = {{organization(2), bank, true}, {bank, organization(2), true}};
  all.clients = {client("a"), client("b")};
  all.products = {plain_product("p"), plain_product("q")};
  all.contracts = {full_contract(1), full_contract(2)};
  all.sellers = {full_seller("s"), full_seller("t")};
  all.users = {user("ana"), user("bo")};
  all.saml = {issuer(bank, "a"), issuer(bank, "b"), issuer(organization(2), "a")};
  ASSERT_TRUE(store().save_catalog(put(all)));
  CatalogChange change;
  change.removed_organizations = {bank, organization(99)};
  change.removed_trusts = {{organization(2), bank, false}};
  change.removed_clients = {"a"};
  change.removed_products = {"p", "never there"};
  change.removed_contracts = {all.contracts[0].id, plain_contract(77).id};
  change.removed_sellers = {"s", "never there"};
  change.removed_users = {"ana", "never there"};
  change.removed_saml = {{bank, "a"}, {organization(3), "a"}};
  ASSERT_TRUE(store().save_catalog(change));
  reopen();
  core::Catalog rest;
  rest.organizations = {all.organizations[1]};
  rest.trusts = {all.trusts[1]};
  rest.clients = {all.clients[1]};
  rest.products = {all.products[1]};
  rest.contracts = {all.contracts[1]};
  rest.sellers = {all.sellers[1]};
  rest.users = {all.users[1]};
  rest.saml = {all.saml[1], all.saml[2]};
  EXPECT_EQ(load(store()), rest);
  core::Catalog again;
  again.products = {plain_product("p")};
  again.contracts = {full_contract(1)};
  again.sellers = {plain_seller("s")};
  again.users = {user("ana"), user("bo")};
  again.saml = {issuer(bank, "a")};
  ASSERT_TRUE(store().save_catalog(put(again)));
  rest.products.push_back(plain_product("p"));
  rest.contracts.push_back(full_contract(1));
  rest.sellers.push_back(plain_seller("s"));
  rest.users.push_back(user("ana"));
  rest.saml.push_back(issuer(bank, "a"));
  EXPECT_EQ(load(store()), rest);
}

TEST_P(CatalogConformance, SettingsThatAreNotSetStayAsTheyWere) {
  core::Catalog catalog;
  for (const std::int64_t hours : {72, 0, 8784}) {
    catalog.settings.close_grace_hours = hours;
    ASSERT_TRUE(store().save_catalog(put(catalog)));
    ASSERT_TRUE(store().save_catalog(put({})));
    reopen();
    EXPECT_EQ(load(store()), catalog);
  }
}

TEST_P(CatalogConformance, AContractKeepsTheTimeOfItsFirstPut) {
  const auto put_at = [&](std::string_view time, std::vector<core::Contract> contracts,
                          std::vector<core::Uuid> removed = {}) {
    CatalogChange change;
    change.put.contracts = std::move(contracts);
    change.removed_contracts = std::move(removed);
    change.applied_at = at(time);
    ASSERT_TRUE(store().save_catalog(change));
    reopen();
  };
  const auto first_applied = [&](std::uint64_t contract) {
    return take(store().contract_first_applied(uuid(contract)));
  };
  put_at("2026-03-10T08:00:00.001Z", {full_contract(1)});
  put_at("2026-03-11T08:00:00Z", {plain_contract(1), plain_contract(2)});
  EXPECT_EQ(first_applied(1), at("2026-03-10T08:00:00.001Z"));
  EXPECT_EQ(first_applied(2), at("2026-03-11T08:00:00Z"));
  EXPECT_EQ(first_applied(3), std::nullopt);

  put_at("2026-03-12T08:00:00Z", {}, {uuid(1)});
  EXPECT_EQ(first_applied(1), std::nullopt);
  EXPECT_EQ(first_applied(2), at("2026-03-11T08:00:00Z"));
  put_at("1969-03-13T08:00:00Z", {full_contract(1)});
  EXPECT_EQ(first_applied(1), at("1969-03-13T08:00:00Z"));
  put_at("2026-03-14T08:00:00Z", {full_contract(2)}, {uuid(2)});
  EXPECT_EQ(first_applied(2), at("2026-03-14T08:00:00Z"));
  EXPECT_EQ(load(store()).contracts, (std::vector{full_contract(1), full_contract(2)}));
}

TEST_P(CatalogConformance, TheOperatorIsApartFromTheCatalog) {
  ASSERT_TRUE(store().save_operator(client("operator")));
  auto renewed = client("operator");
  renewed.secret_hash = "$argon2id$other";
  ASSERT_TRUE(store().save_operator(renewed));
  reopen();
  EXPECT_EQ(*store().load_operator(), renewed);
  EXPECT_TRUE(load(store()).clients.empty());
}

}  // namespace
}  // namespace tallystick::store::test
