#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/service_fixture.hpp"

namespace tallystick::app {
namespace {

using Applied = Result<AppliedChanges, core::Problem>;
using Names = std::vector<std::string>;
using test::contract;

const core::Uuid second_id = test::uuid("44444444-4444-4444-8444-444444444444");
const std::string first_name = "contract 33333333-3333-4333-8333-333333333333";
const std::string second_name = "contract 44444444-4444-4444-8444-444444444444";

// The bank has a contract for 2026 with an item for seats.
class ApplyContract : public test::ServiceTest {
 protected:
  ApplyContract() {
    first_.items = {test::item("seats", "80", "140.00", "160.00")};
    EXPECT_TRUE(apply({first_}));
  }

  Applied apply(std::vector<core::Contract> contracts, ApplyOptions options = {}) {
    const core::Catalog catalog = test::sample_catalog();
    test::Awaited<Applied> applied;
    apply_.apply({catalog.organizations, catalog.trusts, {}, catalog.products, std::move(contracts), {}, {}, {}, {}},
                 options, applied.callback());
    return applied.take();
  }
  // What is in force and what a restart would find are the same thing.
  std::vector<core::Contract> contracts() {
    std::vector<core::Contract> stored = store_.load_catalog().value().contracts;
    EXPECT_EQ(current_->get()->declared().contracts, stored);
    return stored;
  }

  core::Contract first_ = contract(test::bank, "2026-01-01", "2027-01-01");
  Writer writer_{store_, {}};
  ApplyCatalog apply_{store_, writer_, *current_, secrets_, clock_};
};

TEST_F(ApplyContract, TheSameAgainChangesNothing) {
  store_.save_catalog_door.calls = 0;
  const auto applied = apply({first_}, {.dry_run = false, .prune = true});
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->created, Names{});
  EXPECT_EQ(applied->updated, Names{});
  EXPECT_EQ(applied->removed, Names{});
  EXPECT_EQ(applied->unchanged, 8U) << "two organizations, a trust, four products, a contract";
  EXPECT_EQ(store_.save_catalog_door.calls, 0);
}

TEST_F(ApplyContract, AChangedOneIsPutInItsPlace) {
  core::Contract changed = first_;
  changed.amendments = {{test::day("2026-05-16"), {test::item("seats", "100", "138.00", "160.00")}}};
  const core::Contract next = contract(test::bank, "2027-01-01", "2028-01-01", second_id);
  const auto applied = apply({next, changed});
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->created, Names{second_name});
  EXPECT_EQ(applied->updated, Names{first_name});
  EXPECT_EQ(contracts(), (std::vector<core::Contract>{changed, next}));
}

TEST_F(ApplyContract, WhatTheDocumentLacksIsKeptOrPruned) {
  const auto kept = apply({});
  ASSERT_TRUE(kept);
  EXPECT_EQ(contracts(), std::vector<core::Contract>{first_});
  const auto dry = apply({}, {.dry_run = true, .prune = true});
  ASSERT_TRUE(dry);
  EXPECT_EQ(dry->removed, Names{first_name});
  EXPECT_EQ(contracts(), std::vector<core::Contract>{first_});
  const auto pruned = apply({}, {.dry_run = false, .prune = true});
  ASSERT_TRUE(pruned);
  EXPECT_EQ(pruned->removed, Names{first_name});
  EXPECT_EQ(contracts(), std::vector<core::Contract>{});
}

TEST_F(ApplyContract, AnOverlapWithAStoredOneIsAConflict) {
  for (const bool is_dry_run : {true, false}) {
    const auto applied =
        apply({contract(test::partner, "2026-01-01", "2027-01-01", test::uuid("55555555-5555-4555-8555-555555555555")),
               contract(test::bank, "2026-12-31", "2028-01-01", second_id)},
              {.dry_run = is_dry_run, .prune = false});
    ASSERT_FALSE(applied);
    EXPECT_EQ(applied.error().kind, core::ProblemKind::conflict);
    ASSERT_EQ(applied.error().faults.size(), 1U);
    EXPECT_EQ(applied.error().faults[0].pointer, "/contracts/1/effective");
    EXPECT_NE(applied.error().faults[0].message.find(first_name + " (from 2026-01-01 until 2027-01-01)"),
              std::string::npos)
        << applied.error().faults[0].message;
    EXPECT_EQ(contracts(), std::vector<core::Contract>{first_});
  }
}

TEST_F(ApplyContract, AStoredOneMayBeEndedEarlierInTheSameDocument) {
  core::Contract shortened = first_;
  shortened.end = test::day("2026-07-01");
  const core::Contract next = contract(test::bank, "2026-07-01", "2027-07-01", second_id);
  ASSERT_TRUE(apply({next, shortened}));
  EXPECT_EQ(contracts(), (std::vector<core::Contract>{shortened, next}));
}

TEST_F(ApplyContract, APrunedOneMakesWay) {
  const core::Contract next = contract(test::bank, "2026-07-01", "2027-07-01", second_id);
  const auto applied = apply({next}, {.dry_run = false, .prune = true});
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->created, Names{second_name});
  EXPECT_EQ(applied->removed, Names{first_name});
  EXPECT_EQ(contracts(), std::vector<core::Contract>{next});
}

TEST_F(ApplyContract, NeighboursOfAStoredOneAreWelcome) {
  const core::Contract before = contract(test::bank, "2025-06-15", "2026-01-01", second_id);
  const core::Contract after =
      contract(test::bank, "2027-01-01", "2027-01-02", test::uuid("55555555-5555-4555-8555-555555555555"));
  ASSERT_TRUE(apply({after, before}));
  EXPECT_EQ(contracts(), (std::vector<core::Contract>{first_, after, before}));
}

TEST_F(ApplyContract, WhatAContractNamesIsNotPrunedFromUnderIt) {
  core::Catalog catalog = test::sample_catalog();
  catalog.products.erase(catalog.products.begin());
  test::Awaited<Applied> awaited;
  apply_.apply({catalog.organizations, catalog.trusts, {}, catalog.products, {first_}, {}, {}, {}, {}},
               {.dry_run = false, .prune = true}, awaited.callback());
  const auto applied = awaited.take();
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().kind, core::ProblemKind::invalid);
  ASSERT_EQ(applied.error().faults.size(), 1U);
  EXPECT_EQ(applied.error().faults[0].pointer, "/contracts/0/items/0/product");
}

TEST_F(ApplyContract, AnOrganizationWithContractsIsNotPruned) {
  core::Catalog catalog = test::sample_catalog();
  std::erase_if(catalog.organizations,
                [&](const auto& organization) { return organization.id == first_.organization; });
  test::Awaited<Applied> awaited;
  apply_.apply({catalog.organizations, {}, {}, catalog.products, {}, {}, {}, {}, {}}, {.dry_run = false, .prune = true},
               awaited.callback());
  const auto applied = awaited.take();
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().kind, core::ProblemKind::conflict);
  ASSERT_EQ(applied.error().faults.size(), 1U);
  EXPECT_EQ(applied.error().faults[0].pointer, "/organizations");
  EXPECT_NE(applied.error().faults[0].message.find("has contracts"), std::string::npos);
  EXPECT_EQ(contracts(), std::vector<core::Contract>{first_});

  // In two steps it goes: first its contracts, then itself.
  ASSERT_TRUE(apply({}, {.dry_run = false, .prune = true}));
  test::Awaited<Applied> second;
  apply_.apply({catalog.organizations, {}, {}, catalog.products, {}, {}, {}, {}, {}}, {.dry_run = false, .prune = true},
               second.callback());
  EXPECT_TRUE(second.take());
}

}  // namespace
}  // namespace tallystick::app
