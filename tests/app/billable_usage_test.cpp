#include "app/billable_usage.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "app/service_fixture.hpp"

namespace tallystick::app {
namespace {

using test::at;
using test::usage;
using Lines = std::vector<std::string>;

const core::Period march{at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z")};

class BillableUsage : public test::ServiceTest {
 protected:
  // "name total: resource date, …" for each product.
  Lines report(core::Period period, std::string_view now = "2026-05-01T00:00:00Z",
               core::OrganizationId organization = test::bank) {
    const auto made = billable_usage_report(store_, *current_, organization, period, at(now));
    EXPECT_TRUE(made);
    EXPECT_EQ(made->organization, organization);
    EXPECT_EQ(made->period, period);
    Lines lines;
    for (const auto& product : made->products) {
      std::string line = product.name + " " + product.total.to_string() + ":";
      for (const auto& resource : product.resources) {
        line += " " + std::string(resource.name) + " " + core::to_string(resource.date);
      }
      lines.push_back(std::move(line));
    }
    return lines;
  }
};

TEST_F(BillableUsage, UniqueCountsEachResourceOnce) {
  store_events({
      usage({.id = "1", .product = "seats", .resource = "bob", .time = "2026-03-09T10:00:00Z"}),
      usage({.id = "2", .product = "seats", .resource = "ana", .time = "2026-03-20T09:15:00.250Z"}),
      usage({.id = "3", .product = "seats", .resource = "ana", .time = "2026-03-04T09:15:00.125Z"}),
      // In use when the period began.
      usage({.id = "4",
             .product = "seats",
             .resource = "eve",
             .time = "2026-02-28T22:00:00Z",
             .until = "2026-03-01T02:00:00Z"}),
      // Over before it began, at its last moment, and after it.
      usage({.id = "5",
             .product = "seats",
             .resource = "old",
             .time = "2026-02-28T22:00:00Z",
             .until = "2026-03-01T00:00:00Z"}),
      usage({.id = "6", .product = "seats", .resource = "before", .time = "2026-02-28T23:59:59.999Z"}),
      usage({.id = "7", .product = "seats", .resource = "after", .time = "2026-04-01T00:00:00Z"}),
  });
  EXPECT_EQ(report(march), (Lines{"Seats 3: ana 2026-03-04T09:15:00.125Z bob 2026-03-09T10:00:00.000Z "
                                  "eve 2026-03-01T00:00:00.000Z"}));
}

TEST_F(BillableUsage, SumIsExact) {
  store_events({
      usage({.id = "1", .resource = "a", .time = "2026-03-01T00:00:00Z", .quantity = "0.1"}),
      usage({.id = "2", .resource = "a", .time = "2026-03-31T23:59:59.999Z", .quantity = "0.2"}),
      usage({.id = "3", .resource = "b", .time = "2026-03-15T00:00:00Z", .quantity = "999999999999999999.999999999"}),
      usage({.id = "4", .resource = "b", .time = "2026-03-16T00:00:00Z", .quantity = "0.000000001"}),
      usage({.id = "5", .resource = "c", .time = "2026-03-17T00:00:00Z", .quantity = "0"}),
  });
  // 0.1 + 0.2 + 999999999999999999.999999999 + 0.000000001 + 0
  EXPECT_EQ(report(march), (Lines{"API requests 1000000000000000000.3: a 2026-03-01T00:00:00.000Z "
                                  "b 2026-03-15T00:00:00.000Z c 2026-03-17T00:00:00.000Z"}));
}

TEST_F(BillableUsage, MaxIsTheLargestQuantityOfAll) {
  store_events({
      usage({.id = "1", .product = "peak", .resource = "x", .time = "2026-03-02T00:00:00Z", .quantity = "7.25"}),
      usage({.id = "2", .product = "peak", .resource = "x", .time = "2026-03-03T00:00:00Z", .quantity = "3"}),
      usage({.id = "3", .product = "peak", .resource = "y", .time = "2026-03-04T00:00:00Z", .quantity = "7.2"}),
      usage({.id = "4", .product = "peak", .resource = "y", .time = "2026-04-04T00:00:00Z", .quantity = "9"}),
  });
  EXPECT_EQ(report(march), (Lines{"Peak load 7.25: x 2026-03-02T00:00:00.000Z y 2026-03-04T00:00:00.000Z"}));
}

TEST_F(BillableUsage, LatestAddsTheLastQuantityOfEach) {
  store_events({
      usage({.id = "1", .product = "storage", .resource = "d1", .time = "2026-03-09T00:00:00Z", .quantity = "4"}),
      usage({.id = "2", .product = "storage", .resource = "d1", .time = "2026-03-02T00:00:00Z", .quantity = "10"}),
      // At one time the greater id in byte order decides: "b" after "B".
      usage({.id = "B", .product = "storage", .resource = "d2", .time = "2026-03-05T00:00:00Z", .quantity = "100"}),
      usage({.id = "b", .product = "storage", .resource = "d2", .time = "2026-03-05T00:00:00Z", .quantity = "2.5"}),
      // Nothing is carried over from before the period.
      usage({.id = "5", .product = "storage", .resource = "d3", .time = "2026-02-05T00:00:00Z", .quantity = "50"}),
  });
  EXPECT_EQ(report(march), (Lines{"Storage 6.5: d1 2026-03-02T00:00:00.000Z d2 2026-03-05T00:00:00.000Z"}));
}

TEST_F(BillableUsage, ProductsAndResourcesAreInByteOrder) {
  core::Catalog catalog = test::sample_catalog();
  catalog.products[0].name = "\xc3\x84mter";
  catalog.products[1].name = "a";
  catalog.products[2].name = "Z";
  catalog.products[3].name = "Zz";
  current_->replace(std::make_shared<const CatalogSnapshot>(catalog, test::operator_client()));
  store_events({usage({.id = "1", .product = "seats", .resource = "b"}), usage({.id = "2", .product = "requests"}),
                usage({.id = "3", .product = "peak"}), usage({.id = "4", .product = "storage"}),
                usage({.id = "5", .product = "seats", .resource = "\xc3\xa4"}),
                usage({.id = "6", .product = "seats", .resource = "B"})});
  const auto made = billable_usage_report(store_, *current_, test::bank, march, at("2026-05-01T00:00:00Z"));
  ASSERT_TRUE(made);
  Lines names;
  for (const auto& product : made->products) names.push_back(product.name);
  EXPECT_EQ(names, (Lines{"Z", "Zz", "a", "\xc3\x84mter"}));
  Lines resources;
  for (const auto& resource : made->products[3].resources) resources.emplace_back(resource.name);
  EXPECT_EQ(resources, (Lines{"B", "b", "\xc3\xa4"}));
}

TEST_F(BillableUsage, WhatLiesAheadOfTheClockWaits) {
  store_events({usage({.id = "1", .resource = "a", .time = "2026-03-10T11:59:59.999Z", .quantity = "1"}),
                usage({.id = "2", .resource = "a", .time = "2026-03-10T12:00:00Z", .quantity = "2"}),
                usage({.id = "3", .resource = "a", .time = "2026-03-11T11:00:00Z", .quantity = "4"})});
  const std::string resource = " a 2026-03-10T11:59:59.999Z";
  EXPECT_EQ(report(march, "2026-03-10T11:59:59.998Z"), Lines{});
  EXPECT_EQ(report(march, "2026-03-10T11:59:59.999Z"), Lines{"API requests 1:" + resource});
  EXPECT_EQ(report(march, "2026-03-10T12:00:00Z"), Lines{"API requests 3:" + resource});
  EXPECT_EQ(report(march, "2026-03-12T00:00:00Z"), Lines{"API requests 7:" + resource});
}

TEST_F(BillableUsage, APeriodThatHasNotBegunIsEmpty) {
  store_events({usage({.id = "1"})});
  EXPECT_EQ(report(march, "2026-02-28T23:59:59.999Z"), Lines{});
  EXPECT_EQ(report(march, "2026-02-01T00:00:00Z"), Lines{});
  EXPECT_EQ(store_.usage_door.calls, 0);
}

TEST_F(BillableUsage, VoidedEventsNeverWere) {
  store_events({usage({.id = "1", .resource = "a", .quantity = "5"}),
                usage({.id = "2", .resource = "b", .quantity = "3"}), test::void_of("2", "3"), test::void_of("4", "5"),
                usage({.id = "4", .product = "seats", .resource = "c"})});
  EXPECT_EQ(report(march), Lines{"API requests 5: a 2026-03-04T09:15:00.000Z"});
}

TEST_F(BillableUsage, OrganizationsAreApart) {
  store_events({usage({.id = "1", .resource = "a"})});
  EXPECT_EQ(report(march, "2026-05-01T00:00:00Z", test::partner), Lines{});
  EXPECT_EQ(report(march, "2026-05-01T00:00:00Z", test::stranger), Lines{});
}

TEST_F(BillableUsage, PartsOfAPeriodAddUpToTheMillisecond) {
  store_events({usage({.id = "1", .resource = "a", .time = "2026-03-04T09:15:00.124Z", .quantity = "1"}),
                usage({.id = "2", .resource = "a", .time = "2026-03-04T09:15:00.125Z", .quantity = "2"})});
  const core::TimePoint cut = at("2026-03-04T09:15:00.125Z");
  EXPECT_EQ(report({march.start, cut}), Lines{"API requests 1: a 2026-03-04T09:15:00.124Z"});
  EXPECT_EQ(report({cut, march.end}), Lines{"API requests 2: a 2026-03-04T09:15:00.125Z"});
}

TEST_F(BillableUsage, FailuresOfTheStore) {
  store_.usage_door.error = test::disk_error();
  const auto made = billable_usage_report(store_, *current_, test::bank, march, at("2026-05-01T00:00:00Z"));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, core::ProblemKind::storage_failed);
}

// The catalog is taken after the usage: a product that comes just before both has its name.
TEST_F(BillableUsage, AProductThatWasJustDeclaredHasItsName) {
  store_events({usage({.id = "1", .product = "novelty", .resource = "a"})});
  store_.snapshot_door.before = [this] {
    core::Catalog catalog = test::sample_catalog();
    catalog.products.push_back(test::product("novelty", "Novelty", core::MeteringKind::sum));
    current_->replace(std::make_shared<const CatalogSnapshot>(catalog, test::operator_client()));
  };
  EXPECT_EQ(report(march), Lines{"Novelty 1: a 2026-03-04T09:15:00.000Z"});
}

TEST(ReportPeriod, StartComesBeforeEndAndAYearIsTheMost) {
  const core::TimePoint start = at("2026-03-01T00:00:00Z");
  const auto pointer = [&](core::TimePoint end) {
    const auto checked = check_report_period({start, end});
    if (checked) return std::string("good");
    EXPECT_EQ(checked.error().kind, core::ProblemKind::invalid);
    return checked.error().faults.at(0).pointer;
  };
  const auto one_ms = core::milliseconds(1);
  EXPECT_EQ(pointer(start), "startDate");
  EXPECT_EQ(pointer(start - one_ms), "startDate");
  EXPECT_EQ(pointer(start + one_ms), "good");
  EXPECT_EQ(pointer(start + std::chrono::days(366)), "good");
  EXPECT_EQ(pointer(start + std::chrono::days(366) + one_ms), "endDate");
  EXPECT_EQ(pointer(at("9999-12-31T23:59:59.999Z")), "endDate");
}

// Expected values by Python's uuid.uuid5(organization,
// "billableusage/2026-03-01T00:00:00.000Z/2026-04-01T00:00:00.000Z").
TEST(ReportId, NamesOrganizationAndPeriod) {
  EXPECT_EQ(report_id(test::bank, march).to_string(), "9603b0dd-c5f1-5297-865e-30025508d971");
  EXPECT_NE(report_id(test::partner, march), report_id(test::bank, march));
  EXPECT_NE(report_id(test::bank, {march.start, march.end + core::milliseconds(1)}), report_id(test::bank, march));
}

}  // namespace
}  // namespace tallystick::app
