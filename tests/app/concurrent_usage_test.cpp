#include "app/concurrent_usage.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/service_fixture.hpp"

namespace tallystick::app {
namespace {

using test::at;
using test::usage;

class ConcurrentUsage : public test::ServiceTest {
 protected:
  ConcurrentUsage() {
    core::Catalog catalog = test::sample_catalog();
    catalog.products.push_back(test::product("silver", "Silver", core::MeteringKind::concurrent));
    catalog.products.push_back(test::product("gold", "Gold", core::MeteringKind::concurrent));
    for (std::size_t i = 4; i < 6; ++i) {
      catalog.products[i].metering.family = "metal";
      catalog.products[i].metering.rank = static_cast<std::int64_t>(i);
    }
    current_->replace(std::make_shared<const CatalogSnapshot>(std::move(catalog), test::operator_client()));
    store_events({
        usage({.id = "1", .product = "seats", .resource = "eve", .time = "2026-03-02T08:00:00Z"}),
        usage({.id = "2",
               .product = "silver",
               .resource = "ana",
               .time = "2026-03-02T08:00:00Z",
               .until = "2026-03-02T10:00:00Z"}),
        usage({.id = "3",
               .product = "gold",
               .resource = "ana",
               .time = "2026-03-02T09:00:00Z",
               .until = "2026-03-02T09:20:00Z"}),
        usage({.id = "4",
               .product = "silver",
               .resource = "ben",
               .time = "2026-03-02T08:30:00Z",
               .until = "2026-03-02T09:30:00Z"}),
    });
  }

  ConcurrentUsageReport report(std::string_view now) {
    const auto made = concurrent_usage_report(store_, *current_, test::bank,
                                              {at("2026-03-02T00:00:00Z"), at("2026-03-03T00:00:00Z")}, at(now));
    EXPECT_TRUE(made);
    return *made;
  }
};

TEST_F(ConcurrentUsage, ListsConcurrentProductsByName) {
  const ConcurrentUsageReport made = report("2026-05-01T00:00:00Z");
  ASSERT_EQ(made.products.size(), 2U);
  EXPECT_EQ(made.organization, test::bank);
  const auto& gold = made.products[0];
  EXPECT_EQ(gold.name, "Gold");
  EXPECT_EQ(gold.part_number, "P-gold");
  EXPECT_EQ(gold.peak, 0U) << "20 minutes";
  EXPECT_TRUE(gold.resources.empty());
  ASSERT_EQ(gold.concurrency.levels.size(), 1U);
  EXPECT_EQ(gold.concurrency.levels[0].length, std::chrono::minutes{20});
  // Silver has ana from 8 to 9 and from 9:20 to 10, ben from 8:30 to 9:30: two for 30 and 10 minutes.
  const auto& silver = made.products[1];
  EXPECT_EQ(silver.peak, 2U);
  ASSERT_EQ(silver.concurrency.levels.size(), 2U);
  EXPECT_EQ(silver.concurrency.levels[0].length, std::chrono::minutes{120});
  EXPECT_EQ(silver.concurrency.levels[1].length, std::chrono::minutes{40});
  ASSERT_EQ(silver.resources.size(), 2U);
  EXPECT_EQ(silver.resources[0].name, "ana");
  EXPECT_EQ(silver.resources[0].presence, std::chrono::minutes{100});
  EXPECT_EQ(silver.resources[1].name, "ben");
  EXPECT_EQ(silver.resources[1].date, at("2026-03-02T08:30:00Z"));
  EXPECT_EQ(silver.concurrency.hours.size(), 24U);
}

TEST_F(ConcurrentUsage, LooksAsFarAsTheClockHasCome) {
  const ConcurrentUsageReport made = report("2026-03-02T08:45:00Z");
  ASSERT_EQ(made.products.size(), 1U);
  EXPECT_EQ(made.products[0].peak, 1U);
  EXPECT_EQ(made.products[0].concurrency.levels[1].length, std::chrono::minutes{15});
  EXPECT_EQ(made.products[0].concurrency.hours.size(), 9U);
  EXPECT_TRUE(report("2026-03-01T12:00:00Z").products.empty());
}

TEST_F(ConcurrentUsage, StoreFailuresAreProblems) {
  store_.usage_door.error = test::disk_error();
  const auto made =
      concurrent_usage_report(store_, *current_, test::bank, {at("2026-03-02T00:00:00Z"), at("2026-03-03T00:00:00Z")},
                              at("2026-05-01T00:00:00Z"));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, core::ProblemKind::storage_failed);
}

}  // namespace
}  // namespace tallystick::app
