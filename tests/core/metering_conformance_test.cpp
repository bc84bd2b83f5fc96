#include <gtest/gtest.h>
// GoogleTest first: rapidcheck's bridge expects its macros.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "metered_samples.hpp"

// What every kind of metering keeps to: a new row of metering_rules() is tested by being there.
namespace tallystick::core {
namespace {

using test::at_minute;
using test::first_day;
using test::three_days;

constexpr std::size_t family_size = 3;
constexpr std::uint32_t resource_count = 5;
constexpr int day_count = 3;

// The usage of a family, as far as the kind has such.
struct Usage {
  std::vector<std::vector<ResourceUsage>> moments{family_size};  // by product; a resource at most once in each
  std::vector<std::vector<std::vector<Presence>>> days{
      day_count, std::vector<std::vector<Presence>>{family_size}};  // by day and product, merged
};

class MeteringConformance : public testing::TestWithParam<MeteringKind> {
 protected:
  [[nodiscard]] static const MeteringRule& rule() { return rule_of(GetParam()); }
  // A kind without families meters one product.
  [[nodiscard]] static std::size_t products() { return rule().has_families ? family_size : 1; }

  static Usage any_usage() {
    Usage usage;
    for (std::size_t product = 0; product < products(); ++product) {
      for (std::uint32_t resource = 0; resource < resource_count; ++resource) {
        if (rule().until == MeteringRule::Until::required || *rc::gen::inRange(0, 3) == 0) continue;
        usage.moments[product].push_back(test::used(resource, *rc::gen::inRange(0, 4000), *rc::gen::inRange(3, 9),
                                                    *rc::gen::inRange(2, 4), *rc::gen::inRange(0, 3)));
      }
      if (rule().until == MeteringRule::Until::refused) continue;
      for (auto& day : usage.days) {
        for (int left = *rc::gen::inRange(0, 6); left > 0; --left) {
          const auto start = *rc::gen::inRange<std::uint32_t>(0, 1'440);
          const auto end = std::min<std::uint32_t>(1'440, start + *rc::gen::inRange<std::uint32_t>(1, 900));
          day[product].push_back(test::minutes(*rc::gen::inRange<std::uint32_t>(0, resource_count), start, end));
        }
        merge_presence(day[product]);
      }
    }
    return usage;
  }

  static std::vector<std::optional<Metered>> meter(const Usage& usage) {
    std::vector<Product> family;
    for (std::size_t i = 0; i < products(); ++i) {
      family.push_back(test::product("p" + std::to_string(i), GetParam(),
                                     rule().has_families ? static_cast<std::int64_t>(i) + 1 : 0));
    }
    std::vector<const Product*> members;
    for (const Product& product : family) members.push_back(&product);
    const auto meter = rule().make(members, three_days);
    for (std::size_t i = 0; i < products(); ++i) RC_ASSERT(meter->add(i, usage.moments[i]).has_value());
    for (int day = 0; day < day_count; ++day) {
      std::vector<std::span<const Presence>> pieces;
      for (std::size_t i = 0; i < products(); ++i) pieces.emplace_back(usage.days[static_cast<std::size_t>(day)][i]);
      meter->add_day(first_day + std::chrono::days{day}, pieces);
    }
    auto metered = meter->finish();
    RC_ASSERT(metered.has_value());
    RC_ASSERT(metered->size() == products());
    return *metered;
  }

  static std::map<std::uint32_t, TimePoint> dates_of(const Metered& metered) {
    std::map<std::uint32_t, TimePoint> dates;
    for (const auto& each : metered.resources) {
      RC_ASSERT(dates.emplace(static_cast<std::uint32_t>(each.resource), each.date).second);
    }
    return dates;
  }

  static void expect_same(const std::vector<std::optional<Metered>>& a, const std::vector<std::optional<Metered>>& b) {
    for (std::size_t i = 0; i < products(); ++i) {
      RC_ASSERT(a[i].has_value() == b[i].has_value());
      if (!a[i]) continue;
      RC_ASSERT(a[i]->total == b[i]->total);
      RC_ASSERT(dates_of(*a[i]) == dates_of(*b[i]));
    }
  }
};

TEST_P(MeteringConformance, NothingUsedIsNothingListed) {
  for (const auto& product : meter({})) EXPECT_FALSE(product);
}

TEST_P(MeteringConformance, TheOrderAndNumbersOfResourcesDoNotMatter) {
  EXPECT_TRUE(rc::check("renumbered", [] {
    const Usage usage = any_usage();
    const auto metered = meter(usage);
    Usage turned = usage;
    for (auto& moments : turned.moments) {
      std::reverse(moments.begin(), moments.end());
      for (auto& each : moments) each.resource = ResourceNumber{100 - static_cast<std::uint32_t>(each.resource)};
    }
    for (auto& day : turned.days) {
      for (auto& pieces : day) {
        for (auto& piece : pieces) piece.resource = ResourceNumber{100 - static_cast<std::uint32_t>(piece.resource)};
        merge_presence(pieces);
      }
    }
    auto again = meter(turned);
    for (auto& product : again) {
      if (!product) continue;
      for (auto& each : product->resources)
        each.resource = ResourceNumber{100 - static_cast<std::uint32_t>(each.resource)};
    }
    expect_same(metered, again);
  }));
}

TEST_P(MeteringConformance, OfAPooledKindAllResourcesMayBeTakenForOne) {
  if (!rule().is_pooled) return;
  EXPECT_TRUE(rc::check("pooled", [] {
    const Usage usage = any_usage();
    Usage pooled = usage;
    for (auto& moments : pooled.moments) {
      if (moments.empty()) continue;
      ResourceAggregate pool = moments.front().usage;
      pool.sum = {};
      for (const ResourceUsage& each : moments) {
        pool.sum = pool.sum.plus(each.usage.sum).value();
        pool.max = std::max(pool.max, each.usage.max);
      }
      moments = {{ResourceNumber{}, pool}};
    }
    const auto metered = meter(usage);
    const auto again = meter(pooled);
    for (std::size_t i = 0; i < products(); ++i) {
      RC_ASSERT(metered[i].has_value() == again[i].has_value());
      if (metered[i]) RC_ASSERT(metered[i]->total == again[i]->total);
    }
  }));
}

TEST_P(MeteringConformance, ListsOnlyWhatWasUsedInThePeriod) {
  EXPECT_TRUE(rc::check("listed", [] {
    const Usage usage = any_usage();
    const auto metered = meter(usage);
    for (std::size_t i = 0; i < products(); ++i) {
      std::set<std::uint32_t> used;
      for (const auto& each : usage.moments[i]) used.insert(static_cast<std::uint32_t>(each.resource));
      for (const auto& day : usage.days) {
        for (const auto& piece : day[i]) used.insert(static_cast<std::uint32_t>(piece.resource));
      }
      if (used.empty()) RC_ASSERT(!metered[i]);
      if (!metered[i]) continue;
      RC_ASSERT(!metered[i]->total.is_negative());
      for (const auto& [resource, date] : dates_of(*metered[i])) {
        RC_ASSERT(used.contains(resource));
        RC_ASSERT(three_days.contains(date));
      }
      RC_ASSERT(metered[i]->concurrency.has_value() == (GetParam() == MeteringKind::concurrent));
    }
    // The highest of a family is outranked by none.
    const std::size_t top = products() - 1;
    const bool is_used = !usage.moments[top].empty() || std::any_of(usage.days.begin(), usage.days.end(),
                                                                    [&](auto& day) { return !day[top].empty(); });
    RC_ASSERT(metered[top].has_value() == is_used);
  }));
}

class MeteringFamilyConformance : public MeteringConformance {};

TEST_P(MeteringFamilyConformance, MoreOfTheHighestNeverAddsToTheOthers) {
  EXPECT_TRUE(rc::check("upgraded", [] {
    const Usage usage = any_usage();
    Usage upgraded = usage;
    const std::size_t top = products() - 1;
    for (auto& day : upgraded.days) {
      const auto more = day.front();
      day[top].insert(day[top].end(), more.begin(), more.end());
      merge_presence(day[top]);
    }
    for (const auto& each : upgraded.moments.front()) {
      const bool is_there = std::any_of(upgraded.moments[top].begin(), upgraded.moments[top].end(),
                                        [&](const auto& other) { return other.resource == each.resource; });
      if (!is_there) upgraded.moments[top].push_back(each);
    }
    const auto before = meter(usage);
    const auto after = meter(upgraded);
    RC_ASSERT(!after.front());  // every moment of the lowest is one of the highest too
    for (std::size_t i = 0; i < top; ++i) {
      const Decimal was = before[i] ? before[i]->total : Decimal();
      RC_ASSERT((after[i] ? after[i]->total : Decimal()) <= was);
    }
  }));
}

std::vector<MeteringKind> kinds_where(bool (*is_wanted)(const MeteringRule&)) {
  std::vector<MeteringKind> kinds;
  for (const MeteringRule& rule : metering_rules()) {
    if (is_wanted(rule)) kinds.push_back(rule.kind);
  }
  return kinds;
}
std::string name_of(const testing::TestParamInfo<MeteringKind>& kind) {
  return std::string(to_string(kind.param));
}

INSTANTIATE_TEST_SUITE_P(Kinds, MeteringConformance,
                         testing::ValuesIn(kinds_where([](const MeteringRule&) { return true; })), name_of);
INSTANTIATE_TEST_SUITE_P(Kinds, MeteringFamilyConformance,
                         testing::ValuesIn(kinds_where([](const MeteringRule& rule) { return rule.has_families; })),
                         name_of);

}  // namespace
}  // namespace tallystick::core
