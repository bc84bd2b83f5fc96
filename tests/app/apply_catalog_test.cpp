#include "app/apply_catalog.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/service_fixture.hpp"

namespace tallystick::app {
namespace {

using Applied = Result<AppliedChanges, core::Problem>;
using Names = std::vector<std::string>;

class ApplyCatalogTest : public test::ServiceTest {
 protected:
  Applied apply(core::CatalogDocument document, ApplyOptions options = {}) {
    test::Awaited<Applied> applied;
    apply_.apply(std::move(document), options, applied.callback());
    return applied.take();
  }
  // What is in force and what a restart would find are the same thing.
  core::Catalog catalog() {
    core::Catalog stored = store_.load_catalog().value();
    EXPECT_EQ(current_->get()->declared(), stored);
    return stored;
  }

  Writer writer_{store_, {}};
  ApplyCatalog apply_{store_, writer_, *current_, secrets_, clock_};
};

core::CatalogDocument::Client declared(std::string id, std::string secret) {
  core::CatalogDocument::Client client;
  client.client = test::client(std::move(id), test::bank, {"billing:subscription:view"});
  client.client.secret_hash.clear();
  client.secret = std::move(secret);
  return client;
}

core::CatalogDocument document_of(const core::Catalog& catalog) {
  return {catalog.organizations, catalog.trusts, {}, catalog.products, catalog.contracts, {}, {}, {}, {}};
}

TEST_F(ApplyCatalogTest, TheSameAgainChangesNothing) {
  const auto applied = apply(document_of(catalog()), {.dry_run = false, .prune = true});
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->created, Names{});
  EXPECT_EQ(applied->updated, Names{});
  EXPECT_EQ(applied->removed, Names{});
  EXPECT_EQ(applied->unchanged, 7U);
  EXPECT_EQ(store_.save_catalog_door.calls, 0) << "nothing to write";
}

TEST_F(ApplyCatalogTest, CreatesAndUpdatesInTheOrderOfTheDocument) {
  core::CatalogDocument document;
  document.organizations = {{test::stranger, "Newcomer"}, {test::bank, "Blue Harbor Bank AG"}};
  document.trusts = {{test::partner, test::stranger, true}, {test::partner, test::bank, false}};
  document.clients = {declared("zeta", "one"), declared("alpha", "two")};
  document.products = {test::product("zebra", "Zebra", core::MeteringKind::sum),
                       test::product("seats", "Named seats", core::MeteringKind::unique)};
  const auto applied = apply(document);
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->created, (Names{"organization 99999999-9999-4999-8999-999999999999",
                                     "trust 11111111-1111-4111-8111-111111111111 99999999-9999-4999-8999-999999999999",
                                     "client zeta", "client alpha", "product zebra"}));
  EXPECT_EQ(applied->updated, (Names{"organization 22222222-2222-4222-8222-222222222222",
                                     "trust 11111111-1111-4111-8111-111111111111 22222222-2222-4222-8222-222222222222",
                                     "product seats"}));
  EXPECT_EQ(applied->removed, Names{});
  EXPECT_EQ(applied->unchanged, 0U);

  const core::Catalog after = catalog();
  ASSERT_EQ(after.organizations.size(), 3U);
  EXPECT_EQ(after.organizations[1].name, "Blue Harbor Bank AG") << "a known one keeps its place";
  EXPECT_EQ(after.organizations[2].name, "Newcomer");
  ASSERT_EQ(after.products.size(), 5U) << "what the document lacks is kept";
  EXPECT_EQ(current_->get()->product("seats")->name, "Named seats");
  EXPECT_FALSE(after.trusts[0].enabled);
}

TEST_F(ApplyCatalogTest, DryRunTellsTheSameAndChangesNothing) {
  core::CatalogDocument document;
  document.products = {test::product("zebra", "Zebra", core::MeteringKind::sum)};
  document.clients = {declared("fresh", "one")};
  const core::Catalog before = catalog();
  const auto dry = apply(document, {.dry_run = true, .prune = true});
  ASSERT_FALSE(dry) << "the client's organization would be gone";
  document.organizations = {{test::bank, "Blue Harbor Bank"}};
  const auto told = apply(document, {.dry_run = true, .prune = true});
  ASSERT_TRUE(told);
  EXPECT_EQ(catalog(), before);
  const auto done = apply(document, {.dry_run = false, .prune = true});
  ASSERT_TRUE(done);
  EXPECT_EQ(told->created, done->created);
  EXPECT_EQ(told->removed, done->removed);
  EXPECT_EQ(told->unchanged, done->unchanged);
  EXPECT_EQ(done->removed, (Names{"organization 11111111-1111-4111-8111-111111111111",
                                  "trust 11111111-1111-4111-8111-111111111111 22222222-2222-4222-8222-222222222222",
                                  "product seats", "product requests", "product peak", "product storage"}));
  EXPECT_EQ(catalog().products.size(), 1U);
}

TEST_F(ApplyCatalogTest, PruneKeepsWhatIsBuiltIn) {
  ASSERT_TRUE(apply({}, {.dry_run = false, .prune = true}));
  EXPECT_EQ(catalog(), core::Catalog{});
  EXPECT_NE(current_->get()->organization(core::operator_organization_id), nullptr);
  EXPECT_NE(current_->get()->client("operator"), nullptr);
}

TEST_F(ApplyCatalogTest, ARefusedDocumentChangesNothingAtAll) {
  core::CatalogDocument document;
  document.organizations = {{test::stranger, "Newcomer"}};
  document.products = {test::product("zebra", "", core::MeteringKind::sum)};
  const core::Catalog before = catalog();
  const auto applied = apply(document);
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().kind, core::ProblemKind::invalid);
  ASSERT_EQ(applied.error().faults.size(), 1U);
  EXPECT_EQ(applied.error().faults[0].pointer, "/products/0/name");
  EXPECT_EQ(catalog(), before);
}

TEST_F(ApplyCatalogTest, AStoreThatCannotWriteLeavesTheCatalogInForce) {
  store_.save_catalog_door.error = test::disk_error();
  core::CatalogDocument document;
  document.organizations = {{test::stranger, "Newcomer"}};
  const auto applied = apply(document);
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().kind, core::ProblemKind::storage_failed);
  EXPECT_EQ(current_->get()->organization(test::stranger), nullptr);
}

// ---- secrets --------------------------------------------------------------------------------------------------------

TEST_F(ApplyCatalogTest, ASecretIsStoredAsItsHashAndGivenAgainIsUnchanged) {
  core::CatalogDocument document;
  document.clients = {declared("app", "its secret")};
  ASSERT_TRUE(apply(document));
  const std::string hash = current_->get()->client("app")->secret_hash;
  EXPECT_TRUE(verify_secret("its secret", hash));
  EXPECT_TRUE(secrets_.remembers("app", hash, "its secret")) << "the first log-in need not compute it again";

  const auto again = apply(document);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->unchanged, 1U);
  EXPECT_EQ(current_->get()->client("app")->secret_hash, hash);

  // Another process, which remembers nothing.
  VerifiedSecrets nothing_remembered(test::seeded_bytes());
  ApplyCatalog after_restart(store_, writer_, *current_, nothing_remembered, clock_);
  test::Awaited<Applied> applied;
  after_restart.apply(document, {}, applied.callback());
  EXPECT_EQ(applied.take().value().unchanged, 1U);
}

TEST_F(ApplyCatalogTest, AnotherSecretReplacesTheHash) {
  core::CatalogDocument document;
  document.clients = {declared("app", "first")};
  ASSERT_TRUE(apply(document));
  document.clients[0].secret = "second";
  const auto applied = apply(document);
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->updated, Names{"client app"});
  EXPECT_TRUE(verify_secret("second", current_->get()->client("app")->secret_hash));
  EXPECT_FALSE(secrets_.remembers("app", current_->get()->client("app")->secret_hash, "first"));
}

TEST_F(ApplyCatalogTest, AKnownClientWithoutSecretKeepsItsOwn) {
  core::CatalogDocument document;
  document.clients = {declared("app", "")};
  document.clients[0].client.secret_hash = test::any_secret_hash('B');
  ASSERT_TRUE(apply(document));
  document.clients[0].client.secret_hash = "";
  document.clients[0].client.token_seconds = 600;
  const auto applied = apply(document);
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->updated, Names{"client app"});
  EXPECT_EQ(current_->get()->client("app")->secret_hash, test::any_secret_hash('B'));
  EXPECT_EQ(current_->get()->client("app")->token_seconds, 600);
}

}  // namespace
}  // namespace tallystick::app
