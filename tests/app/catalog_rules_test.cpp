#include "app/catalog_rules.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "app/rule_row.hpp"
#include "app/sample_catalog.hpp"

namespace tallystick::app {
namespace {

using core::CatalogDocument;
using core::Decimal;
using test::decimal;

// What is in force: the sample catalog, and a client whose secret the server knows.
core::Catalog in_force() {
  core::Catalog catalog = test::sample_catalog();
  catalog.clients = {test::client("known", test::partner, {"billing:subscription:view"})};
  return catalog;
}

// A document that may be applied: two organizations, a trust, a known and a new client, two products.
CatalogDocument good_document() {
  CatalogDocument document;
  document.organizations = {{test::partner, "Northwind Partners"}, {test::bank, "Blue Harbor Bank"}};
  document.trusts = {{test::partner, test::bank, true}};
  CatalogDocument::Client known;
  known.client = test::client("known", test::partner, {"affiliateOrganization:clientBilling:view"});
  known.client.secret_hash.clear();
  CatalogDocument::Client fresh;
  fresh.client = test::client("fresh", test::bank, {"tallystick:event:add", "*:*:*"});
  fresh.client.secret_hash.clear();
  fresh.secret = "a secret";
  document.clients = {known, fresh};
  document.products = {test::product("seats", "Seats", core::MeteringKind::unique),
                       test::product("bot-minutes", "Bot minutes", core::MeteringKind::sum),
                       test::product("tokens", "Tokens", core::MeteringKind::sum)};
  document.products[0].list_price = {{"USD", decimal("155.00")}, {"JPY", decimal("999999999999.999999999")}};
  document.products[1].rolls_up = core::RollUp{"tokens", decimal("17")};
  document.products[2].fair_use = {{"seats", decimal("250"), {}}, {{}, {}, decimal("0")}};
  return document;
}

void licence(core::Product& product, core::MeteringKind kind, std::string family, std::optional<std::int64_t> rank) {
  product.metering.kind = kind;
  product.metering.family = std::move(family);
  product.metering.rank = rank;
}

std::vector<core::Fault> faults_of(const CatalogDocument& document, bool prune = false) {
  const CatalogSnapshot current(in_force(), test::operator_client());
  return check_catalog_document(document, current, prune);
}

TEST(CatalogRules, AGoodDocumentHasNoFaults) {
  EXPECT_EQ(faults_of(good_document()), std::vector<core::Fault>{});
  EXPECT_EQ(faults_of(good_document(), true), std::vector<core::Fault>{});
  EXPECT_EQ(faults_of({}), std::vector<core::Fault>{});
}

using Row = test::RuleRow<CatalogDocument>;

std::vector<Row> organization_rows() {
  return {
      {"built-in organization", [](auto& d) { d.organizations[0].id = core::operator_organization_id; },
       "/organizations/0/id", "Operator"},
      {"organization twice",
       [](auto& d) {
         d.organizations.push_back({test::bank, "Again"});
       },
       "/organizations/2/id", "/organizations/1"},
      {"organization without a name", [](auto& d) { d.organizations[1].name = ""; }, "/organizations/1/name", "empty"},
      {"organization with a long name", [](auto& d) { d.organizations[1].name = std::string(257, 'x'); },
       "/organizations/1/name", "256"},
      {"trust twice",
       [](auto& d) {
         d.trusts.push_back({test::partner, test::bank, false});
       },
       "/trusts/1", "/trusts/0"},
      {"trust of itself", [](auto& d) { d.trusts[0].trustor = test::partner; }, "/trusts/0/trustee", "own trustee"},
      {"unknown trustee", [](auto& d) { d.trusts[0].trustee = test::stranger; }, "/trusts/0/trustee",
       "no organization"},
      {"unknown trustor", [](auto& d) { d.trusts[0].trustor = test::stranger; }, "/trusts/0/trustor",
       "no organization"},
      {"trustor that prune takes away",
       [](auto& d) {
         d.organizations.pop_back();
         d.clients.pop_back();
       },
       "/trusts/0/trustor", "no organization", true},
      {"Operator as trustee", [](auto& d) { d.trusts[0].trustee = core::operator_organization_id; },
       "/trusts/0/trustee", "no organization"},
  };
}

std::vector<Row> client_rows() {
  return {
      {"client twice", [](auto& d) { d.clients[1].client.id = "known"; }, "/clients/1/id", "/clients/0"},
      {"client id with a blank", [](auto& d) { d.clients[1].client.id = "a b"; }, "/clients/1/id", "64 letters"},
      {"client id empty", [](auto& d) { d.clients[1].client.id = ""; }, "/clients/1/id", "64 letters"},
      {"client id too long", [](auto& d) { d.clients[1].client.id = std::string(65, 'a'); }, "/clients/1/id",
       "64 letters"},
      {"the operator's id", [](auto& d) { d.clients[1].client.id = "operator"; }, "/clients/1/id", "operates"},
      {"client of nobody", [](auto& d) { d.clients[1].client.organization = test::stranger; },
       "/clients/1/organization", "no organization"},
      {"new client without secret", [](auto& d) { d.clients[1].secret = ""; }, "/clients/1/secret", "required"},
      {"secret and hash", [](auto& d) { d.clients[1].client.secret_hash = test::any_secret_hash(); },
       "/clients/1/secret_hash", "instead"},
      {"long secret", [](auto& d) { d.clients[1].secret = std::string(1'025, 's'); }, "/clients/1/secret", "1024"},
      {"hash of another kind", [](auto& d) { d.clients[0].client.secret_hash = "$2b$12$abc"; },
       "/clients/0/secret_hash", "argon2id"},
      {"hash too dear",
       [](auto& d) {
         d.clients[0].client.secret_hash = "$argon2id$v=19$m=262145,t=4,p=1$c29tZXNhbHQ$" + std::string(43, 'A');
       },
       "/clients/0/secret_hash", "256 MiB"},
      {"malformed permission", [](auto& d) { d.clients[0].client.permissions.push_back("billing:view"); },
       "/clients/0/permissions/1", "domain:entity:action"},
      {"our domain whole", [](auto& d) { d.clients[1].client.permissions[0] = "tallystick:*:*"; },
       "/clients/1/permissions/0", "Operator alone"},
      {"our domain by half", [](auto& d) { d.clients[1].client.permissions[0] = "tallystick:event:*"; },
       "/clients/1/permissions/0", "Operator alone"},
      {"short-lived tokens", [](auto& d) { d.clients[0].client.token_seconds = 299; }, "/clients/0/token_seconds",
       "300"},
      {"long-lived tokens", [](auto& d) { d.clients[0].client.token_seconds = 172'801; }, "/clients/0/token_seconds",
       "172800"},
      {"empty redirect",
       [](auto& d) {
         d.clients[0].client.redirect_uris = {"https://a.example", ""};
       },
       "/clients/0/redirect_uris/1", "empty"},
  };
}

std::vector<Row> product_rows() {
  return {
      {"product twice", [](auto& d) { d.products.push_back(d.products[0]); }, "/products/3/key", "/products/0"},
      {"key in capitals",
       [](auto& d) {
         d.products[0].key = "Seats2";
         d.products[0].name = "S2";
         d.products[0].part_number = "S2";
         d.products[2].fair_use.clear();
       },
       "/products/0/key", "lower-case"},
      {"key of ours",
       [](auto& d) {
         d.products[0].key = "tallystick.void";
         d.products[0].name = "V";
         d.products[0].part_number = "V";
         d.products[2].fair_use.clear();
       },
       "/products/0/key", "tallystick."},
      {"key too long", [](auto& d) { d.products[1].key = std::string(65, 'k'); }, "/products/1/key", "64"},
      {"no name", [](auto& d) { d.products[1].name = ""; }, "/products/1/name", "empty"},
      {"empty short name", [](auto& d) { d.products[1].short_name = ""; }, "/products/1/short_name", "empty"},
      {"no part number", [](auto& d) { d.products[1].part_number = ""; }, "/products/1/part_number", "empty"},
      {"no grouping", [](auto& d) { d.products[1].grouping = ""; }, "/products/1/grouping", "empty"},
      {"no unit", [](auto& d) { d.products[1].unit = ""; }, "/products/1/unit", "empty"},
      {"name twice in the document", [](auto& d) { d.products[2].name = "Bot minutes"; }, "/products/2/name",
       "product bot-minutes"},
      {"name of a stored product", [](auto& d) { d.products[2].name = "Storage"; }, "/products/2/name",
       "product storage"},
      {"part number twice", [](auto& d) { d.products[2].part_number = "P-seats"; }, "/products/2/part_number",
       "product seats"},
      {"part number of a stored product", [](auto& d) { d.products[2].part_number = "P-peak"; },
       "/products/2/part_number", "product peak"},
      {"family without a rank", [](auto& d) { licence(d.products[1], core::MeteringKind::unique, "cx", {}); },
       "/products/1/metering/rank", "required with a family"},
      {"rank alone",
       [](auto& d) {
         d.products[0].metering = {core::MeteringKind::unique, {}, 3, {}, {}};
       },
       "/products/0/metering/rank", "family"},
      {"family without a name", [](auto& d) { licence(d.products[1], core::MeteringKind::unique, "", 1); },
       "/products/1/metering/family", "empty"},
      {"family of a sum", [](auto& d) { licence(d.products[1], core::MeteringKind::sum, "cx", {}); },
       "/products/1/metering/family", "unique and concurrent"},
      {"rank of a duration",
       [](auto& d) {
         d.products[1].metering = {core::MeteringKind::duration, {}, 1, {}, {}};
       },
       "/products/1/metering/rank", "unique and concurrent"},
      {"rank twice in a family",
       [](auto& d) {
         licence(d.products[1], core::MeteringKind::concurrent, "cx", 2);
         licence(d.products[2], core::MeteringKind::concurrent, "cx", 2);
       },
       "/products/2/metering/rank", "product bot-minutes"},
      {"step of a sum", [](auto& d) { d.products[1].metering.step_seconds = 6; }, "/products/1/metering/step_seconds",
       "duration"},
      {"step of nothing",
       [](auto& d) {
         d.products[1].metering = {core::MeteringKind::duration, {}, {}, 0, {}};
       },
       "/products/1/metering/step_seconds", "from 1 to 86400"},
      {"step of more than a day",
       [](auto& d) {
         d.products[1].metering = {core::MeteringKind::duration, {}, {}, 86'401, {}};
       },
       "/products/1/metering/step_seconds", "from 1 to 86400"},
      {"unit of a sum", [](auto& d) { d.products[1].metering.unit = core::MeteringUnit::minute; },
       "/products/1/metering/unit", "duration"},
      {"currency in small letters",
       [](auto& d) {
         d.products[0].list_price = {{"usd", decimal("1")}};
       },
       "/products/0/list_price/usd", "ISO 4217"},
      {"currency with a slash",
       [](auto& d) {
         d.products[0].list_price = {{"a/~b", decimal("1")}};
       },
       "/products/0/list_price/a~1~0b", "ISO 4217"},
      {"price below zero",
       [](auto& d) {
         d.products[0].list_price = {{"USD", decimal("-0.000000001")}};
       },
       "/products/0/list_price/USD", "negative"},
      {"price of 13 digits",
       [](auto& d) {
         d.products[0].list_price = {{"USD", decimal("1000000000000")}};
       },
       "/products/0/list_price/USD", "12 digits"},
      {"fair use of nothing", [](auto& d) { d.products[2].fair_use = {{}}; }, "/products/2/fair_use/0", "either"},
      {"fair use of both", [](auto& d) { d.products[2].fair_use[0].organization = decimal("1"); },
       "/products/2/fair_use/0", "either"},
      {"fair use without each", [](auto& d) { d.products[2].fair_use[0].each.reset(); }, "/products/2/fair_use/0",
       "either"},
      {"fair use of an unknown product", [](auto& d) { d.products[2].fair_use[0].product = "ghost"; },
       "/products/2/fair_use/0/product", "no product"},
      {"fair use of itself", [](auto& d) { d.products[2].fair_use[0].product = "tokens"; },
       "/products/2/fair_use/0/product", "itself"},
      {"fair use below zero", [](auto& d) { d.products[2].fair_use[0].each = decimal("-1"); },
       "/products/2/fair_use/0/each", "negative"},
      {"fixed fair use below zero", [](auto& d) { d.products[2].fair_use[1].organization = decimal("-1"); },
       "/products/2/fair_use/1/organization", "negative"},
      {"roll-up into nothing", [](auto& d) { d.products[1].rolls_up->into = "ghost"; }, "/products/1/rolls_up/into",
       "no product"},
      {"roll-up into itself", [](auto& d) { d.products[1].rolls_up->into = "bot-minutes"; },
       "/products/1/rolls_up/into", "itself"},
      {"roll-up two levels deep",
       [](auto& d) {
         d.products[2].rolls_up = core::RollUp{"seats", decimal("1")};
       },
       "/products/1/rolls_up/into", "one level"},
      {"roll-up by zero", [](auto& d) { d.products[1].rolls_up->units_per_token = Decimal{}; },
       "/products/1/rolls_up/units_per_token", "above 0"},
      {"roll-up into what prune takes away", [](auto& d) { d.products[1].rolls_up->into = "requests"; },
       "/products/1/rolls_up/into", "no product", true},
  };
}

class CatalogRule : public testing::TestWithParam<Row> {};

TEST_P(CatalogRule, IsOneFaultAtItsPlace) {
  const Row& row = GetParam();
  CatalogDocument document = good_document();
  row.spoil(document);
  const auto faults = faults_of(document, row.prune);
  ASSERT_EQ(faults.size(), 1U) << row.name;
  EXPECT_EQ(faults[0].pointer, row.pointer);
  EXPECT_NE(faults[0].message.find(row.message_part), std::string::npos) << faults[0].message;
}

INSTANTIATE_TEST_SUITE_P(Organizations, CatalogRule, testing::ValuesIn(organization_rows()),
                         test::name_of<CatalogDocument>);
INSTANTIATE_TEST_SUITE_P(Clients, CatalogRule, testing::ValuesIn(client_rows()), test::name_of<CatalogDocument>);
INSTANTIATE_TEST_SUITE_P(Products, CatalogRule, testing::ValuesIn(product_rows()), test::name_of<CatalogDocument>);

TEST(CatalogRules, NamesMaySwapWithinADocument) {
  CatalogDocument document;
  document.products = {test::product("seats", "Storage", core::MeteringKind::unique),
                       test::product("storage", "Seats", core::MeteringKind::latest)};
  std::swap(document.products[0].part_number, document.products[1].part_number);
  EXPECT_EQ(faults_of(document), std::vector<core::Fault>{});
}

TEST(CatalogRules, APrunedProductGivesItsNameAway) {
  CatalogDocument document;
  document.products = {test::product("heir", "Storage", core::MeteringKind::latest)};
  EXPECT_EQ(faults_of(document, true), std::vector<core::Fault>{});
  ASSERT_EQ(faults_of(document, false).size(), 1U);
}

TEST(CatalogRules, AStoredPartForbidsThatItsWholeRollsUp) {
  core::Catalog stored = in_force();
  stored.products[1].rolls_up = core::RollUp{"seats", decimal("2")};
  const CatalogSnapshot current(stored, test::operator_client());
  CatalogDocument document;
  document.products = {test::product("seats", "Seats", core::MeteringKind::unique)};
  document.products[0].rolls_up = core::RollUp{"storage", decimal("2")};
  const auto faults = check_catalog_document(document, current, false);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].pointer, "/products/0/rolls_up");
  EXPECT_NE(faults[0].message.find("product requests"), std::string::npos) << faults[0].message;
}

TEST(CatalogRules, RanksOfAStoredFamilyAreTaken) {
  core::Catalog stored = in_force();
  licence(stored.products[0], core::MeteringKind::unique, "cx", 3);
  const CatalogSnapshot current(stored, test::operator_client());
  const auto faults_with = [&](core::MeteringKind kind, std::string key) {
    CatalogDocument document;
    document.products = {test::product(std::move(key), "Gold seats", kind)};
    licence(document.products[0], kind, "cx", 3);
    return check_catalog_document(document, current, false);
  };
  const auto taken = faults_with(core::MeteringKind::unique, "gold");
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken[0].pointer, "/products/0/metering/rank");
  EXPECT_NE(taken[0].message.find("product seats"), std::string::npos) << taken[0].message;
  // Its own rank, and one among products of another kind, are free.
  EXPECT_EQ(faults_with(core::MeteringKind::unique, "seats"), std::vector<core::Fault>{});
  EXPECT_EQ(faults_with(core::MeteringKind::concurrent, "gold"), std::vector<core::Fault>{});
}

TEST(CatalogRules, EveryMeteringMayBeDeclared) {
  CatalogDocument document;
  document.products = {test::product("calls", "Calls", core::MeteringKind::duration),
                       test::product("at-once", "At once", core::MeteringKind::concurrent)};
  document.products[0].metering.step_seconds = 6;
  document.products[0].metering.unit = core::MeteringUnit::minute;
  licence(document.products[1], core::MeteringKind::concurrent, "cx", -2);
  EXPECT_EQ(faults_of(document), std::vector<core::Fault>{});
}

TEST(CatalogRules, OperatorMayHaveFurtherClientsWithAllPermissions) {
  CatalogDocument document;
  CatalogDocument::Client client;
  client.client = test::client("second-operator", core::operator_organization_id, {"tallystick:*:*", "*:*:*"});
  document.clients = {client};
  EXPECT_EQ(faults_of(document), std::vector<core::Fault>{});
}

TEST(CatalogRules, AllFaultsAreToldUpToALimit) {
  CatalogDocument document;
  for (int i = 0; i < 150; ++i)
    document.organizations.push_back({core::Uuid::from_name(test::bank, std::to_string(i)), ""});
  const auto faults = faults_of(document);
  ASSERT_EQ(faults.size(), core::faults_reported_max);
  EXPECT_EQ(faults.back().pointer, "/organizations/99/name");
}

}  // namespace
}  // namespace tallystick::app
