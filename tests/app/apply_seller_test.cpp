#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "app/service_fixture.hpp"

namespace tallystick::app {
namespace {

using Applied = Result<AppliedChanges, core::Problem>;
using Names = std::vector<std::string>;

core::Seller seller(std::string key, std::string prefix) {
  core::Seller made;
  made.key = std::move(key);
  made.name = "Northwind Telephony GmbH";
  made.invoice_prefix = std::move(prefix);
  return made;
}

// The bank has a contract for 2026; the catalog has no seller yet.
class ApplySeller : public test::ServiceTest {
 protected:
  Applied apply(std::vector<core::Seller> sellers, std::optional<std::int64_t> grace_hours = {},
                ApplyOptions options = {}) {
    const core::Catalog catalog = test::sample_catalog();
    core::CatalogDocument document;
    document.organizations = catalog.organizations;
    document.trusts = catalog.trusts;
    document.products = catalog.products;
    document.contracts = {contract_};
    document.sellers = std::move(sellers);
    document.settings.close_grace_hours = grace_hours;
    test::Awaited<Applied> applied;
    apply_.apply(std::move(document), options, applied.callback());
    return applied.take();
  }
  // What is in force and what a restart would find are the same thing.
  core::Catalog catalog() {
    const core::Catalog stored = store_.load_catalog().value();
    EXPECT_EQ(current_->get()->declared(), stored);
    return stored;
  }

  core::Contract contract_ = test::contract(test::bank, "2026-01-01", "2027-01-01");
  Writer writer_{store_, {}};
  ApplyCatalog apply_{store_, writer_, *current_, secrets_, clock_};
};

TEST_F(ApplySeller, OneIsCreatedUpdatedKeptAndRemoved) {
  const core::Seller north = seller("north", "N-");
  const core::Seller south = seller("south", "S-");
  const auto created = apply({north, south});
  ASSERT_TRUE(created);
  EXPECT_EQ(created->created, (Names{"contract 33333333-3333-4333-8333-333333333333", "seller north", "seller south"}));
  EXPECT_EQ(catalog().sellers, (std::vector{north, south}));

  const core::Seller renamed = seller("north", "NW-");
  const auto updated = apply({renamed});
  ASSERT_TRUE(updated);
  EXPECT_EQ(updated->created, Names{});
  EXPECT_EQ(updated->updated, Names{"seller north"});
  EXPECT_EQ(catalog().sellers, (std::vector{renamed, south}));

  const auto same = apply({south, renamed});
  ASSERT_TRUE(same);
  EXPECT_EQ(same->updated, Names{});
  EXPECT_EQ(same->unchanged, 10U) << "two organizations, a trust, four products, a contract, two sellers";

  const auto pruned = apply({south}, {}, {.dry_run = false, .prune = true});
  ASSERT_TRUE(pruned);
  EXPECT_EQ(pruned->removed, Names{"seller north"});
  EXPECT_EQ(catalog().sellers, std::vector{south});
}

TEST_F(ApplySeller, SettingsAreKeptUntilOthersAreGiven) {
  const auto nothing = apply({});
  ASSERT_TRUE(nothing);
  EXPECT_EQ(current_->get()->close_grace(), std::chrono::hours(72));

  const auto created = apply({}, 0);
  ASSERT_TRUE(created);
  EXPECT_EQ(created->created, Names{"settings"});
  EXPECT_EQ(catalog().settings.close_grace_hours, 0);
  EXPECT_EQ(current_->get()->close_grace(), std::chrono::hours(0));

  const auto updated = apply({}, 24);
  ASSERT_TRUE(updated);
  EXPECT_EQ(updated->updated, Names{"settings"});
  const auto same = apply({}, 24);
  ASSERT_TRUE(same);
  EXPECT_EQ(same->updated, Names{});
  EXPECT_EQ(same->unchanged, 9U) << "two organizations, a trust, four products, a contract, settings";

  for (const bool prune : {false, true}) {
    const auto silent = apply({}, {}, {.dry_run = false, .prune = prune});
    ASSERT_TRUE(silent);
    EXPECT_EQ(silent->unchanged, 8U);
    EXPECT_EQ(silent->removed, Names{});
    EXPECT_EQ(catalog().settings.close_grace_hours, 24);
  }
}

TEST_F(ApplySeller, ADryRunSaysTheSameAndChangesNothing) {
  ASSERT_TRUE(apply({seller("north", "N-")}));
  const core::Catalog before = catalog();
  const auto dry = apply({seller("south", "S-")}, 24, {.dry_run = true, .prune = true});
  ASSERT_TRUE(dry);
  EXPECT_EQ(dry->created, (Names{"seller south", "settings"}));
  EXPECT_EQ(dry->removed, Names{"seller north"});
  EXPECT_EQ(catalog(), before);
}

TEST_F(ApplySeller, OneThatAContractNamesIsNotPruned) {
  contract_.invoices.seller = "north";
  ASSERT_TRUE(apply({seller("north", "N-")}));
  ASSERT_TRUE(apply({})) << "it is kept";
  const auto pruned = apply({seller("south", "S-")}, {}, {.dry_run = false, .prune = true});
  ASSERT_FALSE(pruned);
  EXPECT_EQ(pruned.error().kind, core::ProblemKind::invalid);
  ASSERT_EQ(pruned.error().faults.size(), 1U);
  EXPECT_EQ(pruned.error().faults[0].pointer, "/contracts/0/seller");
}

TEST_F(ApplySeller, TheLetterOfAContractMayChange) {
  ASSERT_TRUE(apply({seller("north", "N-")}));
  contract_.invoices.seller = "north";
  contract_.invoices.bill_to = core::BillingParty{"C-1001", "Blue Harbor Bank", std::nullopt};
  contract_.invoices.purchase_orders = {"PO-7781"};
  const auto updated = apply({});
  ASSERT_TRUE(updated);
  EXPECT_EQ(updated->updated, Names{"contract 33333333-3333-4333-8333-333333333333"});
  EXPECT_EQ(catalog().contracts.at(0), contract_);
}

}  // namespace
}  // namespace tallystick::app
