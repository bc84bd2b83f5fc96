#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "app/ingest.hpp"
#include "app/service_fixture.hpp"

namespace tallystick::app {
namespace {

using Applied = Result<AppliedChanges, core::Problem>;
using Taken = Result<IngestOutcome, IngestRefusal>;

/// "requests" has usage of the bank, nothing else has any.
class ApplyConflict : public test::ServiceTest {
 protected:
  ApplyConflict() { store_events({test::usage({.id = "1", .product = "requests"})}); }

  Applied apply(const std::function<void(core::CatalogDocument&)>& change, bool prune) {
    const core::Catalog catalog = test::sample_catalog();
    core::CatalogDocument document{
        catalog.organizations, catalog.trusts, {}, catalog.products, catalog.contracts, {}, {}, {}, {}};
    change(document);
    test::Awaited<Applied> applied;
    apply_.apply(std::move(document), {.dry_run = false, .prune = prune}, applied.callback());
    return applied.take();
  }
  void expect_conflict(const Applied& applied, const std::string& pointer, const std::string& message_part) {
    ASSERT_FALSE(applied);
    EXPECT_EQ(applied.error().kind, core::ProblemKind::conflict);
    ASSERT_EQ(applied.error().faults.size(), 1U);
    EXPECT_EQ(applied.error().faults[0].pointer, pointer);
    EXPECT_NE(applied.error().faults[0].message.find(message_part), std::string::npos)
        << applied.error().faults[0].message;
    EXPECT_EQ(store_.load_catalog().value(), test::sample_catalog());
    EXPECT_EQ(current_->get()->declared(), test::sample_catalog());
  }

  Writer writer_{store_, {}};
  ApplyCatalog apply_{store_, writer_, *current_, secrets_, clock_};
};

TEST_F(ApplyConflict, MeteringOfAUsedProductStays) {
  const auto applied = apply([](auto& d) { d.products[1].metering.kind = core::MeteringKind::max; }, false);
  expect_conflict(applied, "/products/1/metering/kind", "from sum to max");
}

TEST_F(ApplyConflict, FamilyOfAUsedProductStays) {
  const auto applied = apply(
      [](auto& d) {
        d.products[1].metering = {core::MeteringKind::unique, "cx", 1, {}, {}};
      },
      false);
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().faults.back().pointer, "/products/1/metering/family");
}

TEST_F(ApplyConflict, UnitOfAUsedProductStays) {
  expect_conflict(apply([](auto& d) { d.products[1].unit = "gb"; }, false), "/products/1/unit", "from each to gb");
}

TEST_F(ApplyConflict, AllElseOfAUsedProductMayChange) {
  const auto applied = apply(
      [](auto& d) {
        d.products[1].name = "Calls of the API";
        d.products[1].part_number = "P-2";
        d.products[1].grouping = "storage";
        d.products[1].list_price = {{"USD", test::decimal("0.01")}};
        d.products[1].third_party = true;
      },
      false);
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->updated, std::vector<std::string>{"product requests"});
}

// How usage is counted is no matter of the events: past reports follow the new rank and step.
TEST_F(ApplyConflict, RankAndStepOfAUsedProductMayChange) {
  const auto with = [](std::int64_t rank, std::int64_t step_seconds) {
    return [=](core::CatalogDocument& d) {
      d.products[0].metering = {core::MeteringKind::unique, "cx", rank, {}, {}};
      d.products[2].metering = {core::MeteringKind::duration, {}, {}, step_seconds, {}};
    };
  };
  ASSERT_TRUE(apply(with(1, 6), false));
  store_events({test::usage({.id = "u1", .product = "seats", .resource = "ana", .time = "2026-03-02T10:00:00Z"}),
                test::usage({.id = "u2",
                             .product = "peak",
                             .resource = "ana",
                             .time = "2026-03-02T10:00:00Z",
                             .until = "2026-03-02T10:01:00Z"})});
  ASSERT_TRUE(apply(with(9, 60), false));
  EXPECT_EQ(current_->get()->product("seats")->metering.rank, 9);
  EXPECT_EQ(current_->get()->product("peak")->metering.step_seconds, 60);
}

TEST_F(ApplyConflict, MeteringOfAnUnusedProductMayChange) {
  const auto applied = apply([](auto& d) { d.products[2].metering.kind = core::MeteringKind::latest; }, false);
  ASSERT_TRUE(applied);
  EXPECT_EQ(current_->get()->product("peak")->metering.kind, core::MeteringKind::latest);
}

TEST_F(ApplyConflict, AUsedProductIsNotPruned) {
  const auto applied = apply([](auto& d) { d.products.erase(d.products.begin() + 1); }, true);
  expect_conflict(applied, "/products", "product requests has usage");
}

TEST_F(ApplyConflict, AUsedOrganizationIsNotPruned) {
  const auto applied = apply(
      [](auto& d) {
        d.organizations.pop_back();
        d.trusts.clear();
      },
      true);
  expect_conflict(applied, "/organizations", "organization 22222222-2222-4222-8222-222222222222 has usage");
}

TEST_F(ApplyConflict, UnusedOnesArePruned) {
  const auto applied = apply(
      [](auto& d) {
        d.products.resize(2);
        d.organizations.erase(d.organizations.begin());
        d.trusts.clear();
      },
      true);
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->removed.size(), 4U);
}

TEST_F(ApplyConflict, AStoreThatCannotReadIsNoConflict) {
  store_.has_usage_door.error = test::disk_error();
  const auto applied = apply([](auto& d) { d.products[1].unit = "gb"; }, false);
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().kind, core::ProblemKind::storage_failed);
}

/// Events that are queued when their product is pruned: those before the change forbid it, those after are refused.
TEST_F(ApplyConflict, EventsAndChangesTakeTurns) {
  test::Gate disk;
  store_.commit_door.before = [&] { disk.pass(); };
  Ingest ingest(writer_, *current_, clock_);
  test::Awaited<Taken> first;
  ingest.take({test::usage({.id = "2", .product = "requests"})}, first.callback());
  disk.await_arrivals(1);

  // The writer holds the first batch; behind it wait: an event of "seats", a change that drops "storage", an event of
  // it.
  test::Awaited<Taken> before;
  ingest.take({test::usage({.id = "3", .product = "seats"})}, before.callback());
  writer_.run_alone([&] {
    core::Catalog without_storage = test::sample_catalog();
    without_storage.products.pop_back();
    current_->replace(std::make_shared<const CatalogSnapshot>(without_storage, test::operator_client()));
  });
  test::Awaited<Taken> after;
  ingest.take({test::usage({.id = "4", .product = "seats"}), test::usage({.id = "5", .product = "storage"})},
              after.callback());
  test::Awaited<Taken> unconcerned;
  ingest.take({test::usage({.id = "6", .product = "peak"})}, unconcerned.callback());
  disk.open();

  EXPECT_EQ(first.take().value().accepted, 1U);
  EXPECT_EQ(before.take().value().accepted, 1U);
  const Taken refused = after.take();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problem.kind, core::ProblemKind::invalid);
  ASSERT_EQ(refused.error().faults.size(), 1U);
  EXPECT_EQ(refused.error().faults[0].index, 1U);
  EXPECT_EQ(refused.error().faults[0].fault.field, core::EventField::product);
  EXPECT_EQ(unconcerned.take().value().accepted, 1U);
  EXPECT_FALSE(store_.product_has_usage("storage").value());
  EXPECT_EQ(writer_.queued_events(), 0U);
}

}  // namespace
}  // namespace tallystick::app
