#include "app/catalog_snapshot.hpp"

#include <gtest/gtest.h>

#include "app/guarded_store.hpp"
#include "app/sample_catalog.hpp"

namespace tallystick::app {
namespace {

TEST(CatalogSnapshot, FindsWhatIsDeclaredAndWhatIsBuiltIn) {
  core::Catalog catalog = test::sample_catalog();
  catalog.clients = {test::client("app", test::bank, {})};
  const CatalogSnapshot snapshot(catalog, test::operator_client());
  EXPECT_EQ(snapshot.declared(), catalog);
  EXPECT_EQ(snapshot.organization(test::bank)->name, "Blue Harbor Bank");
  EXPECT_EQ(snapshot.organization(core::operator_organization_id)->name, "Operator");
  EXPECT_EQ(snapshot.organization(test::stranger), nullptr);
  EXPECT_EQ(snapshot.client("app")->organization, test::bank);
  EXPECT_EQ(snapshot.client("operator")->organization, core::operator_organization_id);
  EXPECT_EQ(snapshot.client("App"), nullptr);
  EXPECT_EQ(snapshot.product("peak")->name, "Peak load");
  EXPECT_EQ(snapshot.product("Peak load"), nullptr);
}

TEST(CatalogSnapshot, HasContractsByTheirFirstDay) {
  core::Catalog catalog = test::sample_catalog();
  catalog.contracts = {
      test::contract(test::bank, "2027-01-01", "2028-01-01", test::uuid("00000000-0000-4000-8000-000000000001")),
      test::contract(test::partner, "2026-01-01", "2027-01-01", test::uuid("00000000-0000-4000-8000-000000000002")),
      test::contract(test::bank, "2025-01-01", "2026-01-01", test::uuid("00000000-0000-4000-8000-000000000003"))};
  const CatalogSnapshot snapshot(catalog, test::operator_client());
  EXPECT_EQ(snapshot.declared(), catalog) << "in the order of their declaration";
  const auto contracts = snapshot.contracts_of(test::bank);
  ASSERT_EQ(contracts.size(), 2U);
  EXPECT_EQ(contracts[0], catalog.contracts[2]);
  EXPECT_EQ(contracts[1], catalog.contracts[0]);
  ASSERT_EQ(snapshot.contracts_of(test::partner).size(), 1U);
  EXPECT_TRUE(snapshot.contracts_of(test::stranger).empty());
}

TEST(CatalogSnapshot, SaysWhoIssuesAContractsInvoices) {
  const auto seller = [](std::string key) {
    core::Seller made;
    made.name = "Seller " + key;
    made.key = std::move(key);
    made.invoice_prefix = "X-";
    return made;
  };
  core::Contract silent = test::contract(test::bank, "2026-01-01", "2027-01-01");
  core::Contract naming = silent;
  naming.invoices.seller = "south";
  core::Seller built_in;
  built_in.key = "operator";
  built_in.name = "Operator";

  core::Catalog catalog = test::sample_catalog();
  const CatalogSnapshot without(catalog, test::operator_client());
  EXPECT_EQ(without.seller_of(silent), built_in);
  EXPECT_EQ(without.seller("operator"), nullptr) << "it is not declared";

  catalog.sellers = {seller("north")};
  EXPECT_EQ(CatalogSnapshot(catalog, test::operator_client()).seller_of(silent), seller("north"));

  catalog.sellers.push_back(seller("south"));
  const CatalogSnapshot with_two(catalog, test::operator_client());
  EXPECT_EQ(with_two.seller_of(silent), built_in);
  EXPECT_EQ(with_two.seller_of(naming), seller("south"));
  EXPECT_EQ(*with_two.seller("south"), seller("south"));
  EXPECT_EQ(with_two.seller("South"), nullptr);
}

TEST(CatalogSnapshot, ClosesAfterThreeDaysUnlessToldOtherwise) {
  core::Catalog catalog;
  EXPECT_EQ(CatalogSnapshot(catalog, test::operator_client()).close_grace(), std::chrono::hours(72));
  catalog.settings.close_grace_hours = 0;
  EXPECT_EQ(CatalogSnapshot(catalog, test::operator_client()).close_grace(), std::chrono::hours(0));
}

TEST(CatalogSnapshot, NothingDeclaredTakesThePlaceOfTheOperator) {
  core::Catalog catalog;
  catalog.clients = {test::client("operator", test::bank, {})};
  const CatalogSnapshot snapshot(catalog, test::operator_client());
  EXPECT_EQ(snapshot.client("operator")->organization, core::operator_organization_id);
}

TEST(CurrentCatalog, WhoTookOneKeepsIt) {
  CurrentCatalog current(std::make_shared<const CatalogSnapshot>(test::sample_catalog(), test::operator_client()));
  const auto taken = current.get();
  current.replace(std::make_shared<const CatalogSnapshot>(core::Catalog{}, test::operator_client()));
  EXPECT_NE(taken->product("peak"), nullptr);
  EXPECT_EQ(current.get()->product("peak"), nullptr);
}

TEST(CurrentCatalog, IsLoadedFromTheStore) {
  test::GuardedStore store;
  store::CatalogChange change;
  change.put = test::sample_catalog();
  ASSERT_TRUE(store.save_catalog(change));
  const auto loaded = load_current_catalog(store, test::operator_client());
  ASSERT_TRUE(loaded);
  EXPECT_EQ((*loaded)->declared(), test::sample_catalog());
  store.load_catalog_door.error = test::disk_error();
  const auto failed = load_current_catalog(store, test::operator_client());
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message, "the disk is gone");
}

}  // namespace
}  // namespace tallystick::app
