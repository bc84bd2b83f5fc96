#include "store/conformance/conformance.hpp"

namespace tallystick::store::test {
namespace {

using CatalogConformance = Conformance;
INSTANTIATE_TEST_SUITE_P(All, CatalogConformance, testing::ValuesIn(all_adapters()), name_of);

core::Product full_product() {
  core::Product product;
  product.key = "voice";
  product.name = "Voice minutes";
  product.short_name = "Voice";
  product.part_number = "GC-1";
  product.grouping = "resource";
  product.unit = "minute";
  product.metering = {.kind = core::MeteringKind::duration,
                      .family = "cx",
                      .rank = -3,
                      .step_seconds = 6,
                      .unit = core::MeteringUnit::minute};
  product.list_price = {{"USD", quantity("155.00")}, {"JPY", quantity("20000")}, {"BHD", quantity("0.000000001")}};
  product.third_party = true;
  product.cancellable = false;
  product.fair_use = {{.product = "cx-3", .each = quantity("140000"), .organization = std::nullopt},
                      {.product = std::nullopt, .each = std::nullopt, .organization = quantity("250.5")}};
  product.rolls_up = core::RollUp{"tokens", quantity("17")};
  return product;
}

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

core::Day day(std::string_view text) {
  return *core::parse_date(text);
}

core::Contract full_contract(std::uint8_t number) {
  core::Contract contract;
  contract.id.bytes.fill(number);
  contract.organization = bank;
  contract.number = "00041822";
  contract.currency = "USD";
  contract.subscription_type = "PREPAY";
  contract.effective = day("1969-12-31");
  contract.end = day("9999-12-31");
  contract.ramp = core::Ramp{day("2026-01-01"), day("2026-02-01")};
  contract.minimum_monthly_amount = quantity("10000.00");
  contract.billing_day = 31;
  contract.items = {
      {.product = "cx-3",
       .prepay_quantity = quantity("80"),
       .prepay_price = quantity("140.00"),
       .overage_price = quantity("0"),
       .overage_tiers = {},
       .bundle_quantity = quantity("2.5"),
       .notes = "a note"},
      {.product = "voice",
       .prepay_quantity = {},
       .prepay_price = {},
       .overage_price = {},
       .overage_tiers = {{quantity("1000000"), quantity("0.0002")}, {std::nullopt, quantity("0.000000001")}},
       .notes = ""}};
  contract.amendments = {{day("2026-05-16"), {contract.items[1]}}, {day("2026-06-01"), {}}};
  return contract;
}

core::Contract plain_contract(std::uint8_t number) {
  core::Contract contract;
  contract.id.bytes.fill(number);
  return contract;
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
  ASSERT_TRUE(store().save_catalog(put(first)));
  core::Catalog second;
  second.products = {plain_product("b"), plain_product("a")};
  second.products[1].name = "Renamed";
  second.contracts = {plain_contract(1), full_contract(2)};
  ASSERT_TRUE(store().save_catalog(put(second)));
  reopen();
  core::Catalog expected = first;
  expected.products[2].name = "Renamed";
  expected.products.push_back(plain_product("b"));
  expected.contracts[1] = full_contract(2);
  expected.contracts.push_back(plain_contract(1));
  EXPECT_EQ(load(store()), expected);
}

TEST_P(CatalogConformance, RemovedEntitiesAreGoneAndComeBackAtTheEnd) {
  core::Catalog all;
  all.organizations = {{bank, "Bank"}, {organization(2), "Two"}};
  all.trusts = {{organization(2), bank, true}, {bank, organization(2), true}};
  all.clients = {client("a"), client("b")};
  all.products = {plain_product("p"), plain_product("q")};
  all.contracts = {full_contract(1), full_contract(2)};
  ASSERT_TRUE(store().save_catalog(put(all)));
  CatalogChange change;
  change.removed_organizations = {bank, organization(99)};
  change.removed_trusts = {{organization(2), bank, false}};
  change.removed_clients = {"a"};
  change.removed_products = {"p", "never there"};
  change.removed_contracts = {all.contracts[0].id, plain_contract(77).id};
  ASSERT_TRUE(store().save_catalog(change));
  reopen();
  core::Catalog rest;
  rest.organizations = {all.organizations[1]};
  rest.trusts = {all.trusts[1]};
  rest.clients = {all.clients[1]};
  rest.products = {all.products[1]};
  rest.contracts = {all.contracts[1]};
  EXPECT_EQ(load(store()), rest);
  core::Catalog again;
  again.products = {plain_product("p")};
  again.contracts = {full_contract(1)};
  ASSERT_TRUE(store().save_catalog(put(again)));
  rest.products.push_back(plain_product("p"));
  rest.contracts.push_back(full_contract(1));
  EXPECT_EQ(load(store()), rest);
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

Token token(std::uint8_t number, std::string_view expires) {
  Token token;
  token.hash.fill(number);
  token.client_id = "client " + std::to_string(number);
  token.expires = at(expires);
  token.secret_hash = "fingerprint " + std::to_string(number);
  return token;
}

void expect_found(Store& store, const Token& token) {
  const auto found = store.find_token(token.hash);
  ASSERT_TRUE(found);
  ASSERT_TRUE(*found);
  EXPECT_EQ((*found)->hash, token.hash);
  EXPECT_EQ((*found)->client_id, token.client_id);
  EXPECT_EQ((*found)->expires, token.expires);
  EXPECT_EQ((*found)->secret_hash, token.secret_hash);
}

TEST_P(CatalogConformance, ACatalogChangeEndsTheTokensOfTheClientsThatItNames) {
  const Token first = token(1, "2026-03-01T00:00:00Z");
  const Token kept = token(2, "2026-03-01T00:00:00Z");
  const Token third = token(3, "2026-03-01T00:00:00Z");
  Token second_of_first = token(4, "2026-04-01T00:00:00Z");
  second_of_first.client_id = first.client_id;
  for (const Token& each : {first, kept, third, second_of_first}) ASSERT_TRUE(store().save_token(each));
  CatalogChange change;
  change.tokens_ended_of = {first.client_id, "who never had any", third.client_id};
  ASSERT_TRUE(store().save_catalog(change));
  for (const Token& ended : {first, third, second_of_first}) EXPECT_EQ(*store().find_token(ended.hash), std::nullopt);
  expect_found(store(), kept);
}

TEST_P(CatalogConformance, TokensAreFoundUntilTheyAreRemoved) {
  const Token early = token(1, "2026-03-01T00:00:00Z");
  const Token late = token(2, "2026-03-01T00:00:00.001Z");
  ASSERT_TRUE(store().save_token(early));
  ASSERT_TRUE(store().save_token(late));
  expect_found(store(), early);
  reopen();
  expect_found(store(), early);
  expect_found(store(), late);
  EXPECT_EQ(*store().find_token(token(3, "2026-03-01T00:00:00Z").hash), std::nullopt);

  EXPECT_EQ(*store().remove_expired_tokens(at("2026-02-28T23:59:59.999Z")), 0U);
  EXPECT_EQ(*store().remove_expired_tokens(at("2026-03-01T00:00:00Z")), 1U);
  reopen();
  EXPECT_EQ(*store().find_token(early.hash), std::nullopt);
  expect_found(store(), late);
}

}  // namespace

}  // namespace tallystick::store::test
