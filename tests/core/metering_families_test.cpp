#include "tallystick/core/metering_families.hpp"

#include <gtest/gtest.h>
// GoogleTest first: rapidcheck's bridge expects its macros.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "metered_samples.hpp"

namespace tallystick::core {
namespace {

using test::at_minute;
using test::first_day;
using test::minutes;
using test::three_days;
using test::used;

Product member(std::string key, MeteringKind kind, std::string family, std::int64_t rank) {
  Product product = test::product(std::move(key), kind, rank);
  product.metering.family = std::move(family);
  return product;
}

TEST(MeteringFamiliesTest, ProductsOfOneFamilyAndKindAreMeteredTogetherByRank) {
  const std::vector<Product> products{
      member("named-3", MeteringKind::unique, "cx", 3),       member("at-once-2", MeteringKind::concurrent, "cx", 2),
      test::product("minutes", MeteringKind::duration),       member("named-1", MeteringKind::unique, "cx", -1),
      member("at-once-1", MeteringKind::concurrent, "cx", 1), test::product("devices", MeteringKind::unique)};
  const MeteringFamilies families(products);
  EXPECT_EQ(families.size(), 4U);
  const auto keys_of = [&](std::string_view key) {
    std::string keys;
    for (const Product* product : families.products_of(families.find(key)->family)) keys += product->key + " ";
    return keys;
  };
  EXPECT_EQ(keys_of("named-3"), "named-1 named-3 ");
  EXPECT_EQ(keys_of("at-once-1"), "at-once-1 at-once-2 ");
  EXPECT_EQ(keys_of("minutes"), "minutes ");
  EXPECT_EQ(keys_of("devices"), "devices ");
  EXPECT_EQ(families.find("named-3")->product, 1U);
  EXPECT_EQ(families.find("nothing"), nullptr);
}

std::map<std::string, Metered> by_key(PeriodMetering& metering) {
  std::map<std::string, Metered> metered;
  const auto products = metering.finish();
  EXPECT_TRUE(products);
  for (const MeteredProduct& each : *products) metered.emplace(each.product->key, each.metered);
  return metered;
}

TEST(PeriodMetering, AUserCountsOnceAtTheHighestLicence) {
  const std::vector<Product> products{member("cx1", MeteringKind::unique, "cx", 1),
                                      member("cx2", MeteringKind::unique, "cx", 2),
                                      member("cx3", MeteringKind::unique, "cx", 3)};
  const MeteringFamilies families(products);
  PeriodMetering metering(families, three_days);
  // 1 went from CX 1 up to CX 3 and down to CX 2, 2 stayed on CX 1, 3 had a CX 3 session before its CX 1 one.
  const std::vector<ResourceUsage> cx1{used(1, 0, 1, 1, 1), used(2, 5, 1, 1, 1), used(3, 90, 1, 1, 1)};
  const std::vector<ResourceUsage> cx2{used(1, 200, 1, 1, 1)};
  const std::vector<ResourceUsage> cx3{used(1, 100, 1, 1, 1)};
  const std::vector<Presence> session{minutes(3, 30, 40)};
  const std::array<ProductPresence, 1> day{{{"cx3", session}}};
  ASSERT_TRUE(metering.add("cx3", cx3));
  ASSERT_TRUE(metering.add("cx1", cx1));
  ASSERT_TRUE(metering.add("cx2", cx2));
  ASSERT_TRUE(metering.add_day(first_day, day));
  const auto metered = by_key(metering);
  EXPECT_FALSE(metered.contains("cx2"));
  EXPECT_EQ(metered.at("cx1").total.to_string(), "1");
  EXPECT_EQ(metered.at("cx3").total.to_string(), "2");
  for (const auto& resource : metered.at("cx3").resources) {
    EXPECT_EQ(resource.date, at_minute(resource.resource == ResourceNumber{1} ? 100 : 30));
  }
}

TEST(PeriodMetering, UsageOfAnUnknownProductIsAFault) {
  const MeteringFamilies families({});
  PeriodMetering metering(families, three_days);
  const auto refused = metering.add("ghost", {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, PeriodMetering::Fault::unknown_product);
  EXPECT_EQ(refused.error().product, "ghost");
  const std::array<ProductPresence, 1> day{{{"ghost", {}}}};
  EXPECT_FALSE(metering.add_day(first_day, day));
}

// ---- against a model that walks minute by minute ----

constexpr std::size_t ranks = 3;
constexpr std::int64_t minutes_in_all = 2 * 1'440;
constexpr std::uint32_t resources = 4;

struct Interval {
  std::size_t product = 0;  // its rank, from 0
  std::uint32_t resource = 0;
  std::int64_t from = 0;  // minutes since first_day
  std::int64_t to = 0;
};

std::vector<Interval> any_intervals() {
  std::vector<Interval> intervals;
  for (int left = *rc::gen::inRange(0, 15); left > 0; --left) {
    // Few different bounds, around midnight too, so that they meet.
    const std::int64_t from = *rc::gen::inRange<std::int64_t>(0, 40) * 5 + 1'340;
    const std::int64_t length = *rc::gen::inRange<std::int64_t>(1, 25) * 5;
    intervals.push_back({*rc::gen::inRange<std::size_t>(0, ranks), *rc::gen::inRange<std::uint32_t>(0, resources), from,
                         std::min(from + length, minutes_in_all)});
  }
  return intervals;
}

std::map<std::string, Metered> meter(const std::vector<Product>& products, const std::vector<Interval>& intervals) {
  const MeteringFamilies families(products);
  PeriodMetering metering(families, three_days);
  for (int day = 0; day < 2; ++day) {
    std::vector<std::vector<Presence>> pieces(ranks);
    for (const Interval& each : intervals) {
      const auto piece = presence_on(first_day + std::chrono::days{day}, ResourceNumber{each.resource},
                                     {at_minute(each.from), at_minute(each.to)});
      if (piece) pieces[each.product].push_back(*piece);
    }
    std::vector<ProductPresence> present;
    for (std::size_t i = 0; i < ranks; ++i) {
      merge_presence(pieces[i]);
      if (!pieces[i].empty()) present.push_back({products[i].key, pieces[i]});
    }
    RC_ASSERT(metering.add_day(first_day + std::chrono::days{day}, present).has_value());
  }
  return by_key(metering);
}

bool is_present(const std::vector<Interval>& intervals, std::size_t product, std::uint32_t resource,
                std::int64_t minute) {
  return std::any_of(intervals.begin(), intervals.end(), [&](const Interval& each) {
    return each.product == product && each.resource == resource && each.from <= minute && minute < each.to;
  });
}

std::vector<Product> family_of(MeteringKind kind) {
  std::vector<Product> products;
  for (std::size_t i = 0; i < ranks; ++i) {
    products.push_back(test::product("p" + std::to_string(i), kind, static_cast<std::int64_t>(i) * 10 + 1));
  }
  return products;
}

RC_GTEST_PROP(PeriodMeteringProperty, ConcurrentFamiliesAreWhatAWalkThroughTheMinutesSays, ()) {
  const auto intervals = any_intervals();
  const auto metered = meter(family_of(MeteringKind::concurrent), intervals);
  for (std::size_t product = 0; product < ranks; ++product) {
    std::map<std::size_t, std::int64_t> minutes_at;         // by how many were present
    std::map<std::int64_t, std::uint64_t> hour_max;         // by hour
    std::map<std::uint32_t, std::int64_t> minutes_present;  // by resource
    std::map<std::uint32_t, std::int64_t> first;
    for (std::int64_t minute = 0; minute < minutes_in_all; ++minute) {
      std::size_t count = 0;
      for (std::uint32_t resource = 0; resource < resources; ++resource) {
        bool is_outranked = false;
        for (std::size_t higher = product + 1; higher < ranks; ++higher) {
          is_outranked = is_outranked || is_present(intervals, higher, resource, minute);
        }
        if (is_outranked || !is_present(intervals, product, resource, minute)) continue;
        ++count;
        ++minutes_present[resource];
        first.try_emplace(resource, minute);
      }
      ++minutes_at[count];
      hour_max[minute / 60] = std::max<std::uint64_t>(hour_max[minute / 60], count);
    }
    const auto found = metered.find("p" + std::to_string(product));
    RC_ASSERT((found != metered.end()) == !first.empty());
    if (first.empty()) continue;
    std::size_t peak = 0;
    for (std::size_t count = 1; count <= resources; ++count) {
      std::int64_t at_least = 0;
      for (const auto& [level, length] : minutes_at) at_least += level >= count ? length : 0;
      if (at_least >= 30) peak = count;
      if (at_least == 0) continue;
      RC_ASSERT(found->second.concurrency->levels.at(count - 1).length == std::chrono::minutes{at_least});
    }
    RC_ASSERT(found->second.total == Decimal::from_integer(static_cast<std::int64_t>(peak)));
    for (const auto& [hour, max] : hour_max) {
      RC_ASSERT(found->second.concurrency->hours.at(static_cast<std::size_t>(hour)).max == max);
    }
    RC_ASSERT(*found->second.listed_max == peak);
    RC_ASSERT(found->second.resources.size() >= peak);
    for (const auto& each : found->second.resources) {
      const auto resource = static_cast<std::uint32_t>(each.resource);
      RC_ASSERT(each.presence == std::chrono::minutes{minutes_present.at(resource)});
      RC_ASSERT(each.date == at_minute(first.at(resource)));
    }
  }
}

RC_GTEST_PROP(PeriodMeteringProperty, UniqueFamiliesAreWhatAWalkThroughTheMinutesSays, ()) {
  const auto intervals = any_intervals();
  const auto metered = meter(family_of(MeteringKind::unique), intervals);
  std::vector<std::map<std::uint32_t, TimePoint>> right(ranks);
  for (std::uint32_t resource = 0; resource < resources; ++resource) {
    for (std::size_t product = ranks; product-- > 0;) {
      std::optional<TimePoint> date;
      for (std::int64_t minute = 0; minute < minutes_in_all && !date; ++minute) {
        if (is_present(intervals, product, resource, minute)) date = at_minute(minute);
      }
      if (!date) continue;
      right[product].emplace(resource, *date);
      break;
    }
  }
  for (std::size_t product = 0; product < ranks; ++product) {
    const auto found = metered.find("p" + std::to_string(product));
    RC_ASSERT((found != metered.end()) == !right[product].empty());
    if (right[product].empty()) continue;
    std::map<std::uint32_t, TimePoint> dates;
    for (const auto& each : found->second.resources)
      dates.emplace(static_cast<std::uint32_t>(each.resource), each.date);
    RC_ASSERT(dates == right[product]);
    RC_ASSERT(found->second.total == Decimal::from_integer(static_cast<std::int64_t>(dates.size())));
  }
}

RC_GTEST_PROP(PeriodMeteringProperty, DurationsAreWhatAWalkThroughTheMinutesSays, ()) {
  const auto intervals = any_intervals();
  std::vector<Product> products;
  for (std::size_t i = 0; i < ranks; ++i) {
    products.push_back(test::product("p" + std::to_string(i), MeteringKind::duration));
    products.back().metering.unit = MeteringUnit::minute;
  }
  products[1].metering.step_seconds = 7 * 60;
  const auto metered = meter(products, intervals);
  for (std::size_t product = 0; product < ranks; ++product) {
    const std::int64_t step = product == 1 ? 7 : 1;
    std::int64_t total = 0;
    for (std::uint32_t resource = 0; resource < resources; ++resource) {
      std::int64_t piece = 0;
      for (std::int64_t minute = 0; minute <= minutes_in_all; ++minute) {
        if (minute < minutes_in_all && is_present(intervals, product, resource, minute)) {
          ++piece;
          continue;
        }
        total += (piece + step - 1) / step * step;
        piece = 0;
      }
    }
    const auto found = metered.find("p" + std::to_string(product));
    RC_ASSERT((found != metered.end()) == (total > 0));
    if (total > 0) RC_ASSERT(found->second.total == Decimal::from_integer(total));
  }
}

}  // namespace
}  // namespace tallystick::core
