#include <algorithm>
#include <functional>
#include <map>

#include "store/conformance/conformance.hpp"

namespace tallystick::store::test {
namespace {

using UsageConformance = Conformance;
INSTANTIATE_TEST_SUITE_P(All, UsageConformance, testing::ValuesIn(all_adapters()), name_of);

core::ResourceAggregate aggregate(std::string_view first, std::string_view last, std::string_view sum,
                                  std::string_view max, std::string_view last_quantity, std::uint64_t count) {
  core::ResourceAggregate usage;
  usage.first_seen = at(first);
  usage.last_time = at(last);
  usage.sum = quantity(sum);
  usage.max = quantity(max);
  usage.last_quantity = quantity(last_quantity);
  usage.count = count;
  return usage;
}

TEST_P(UsageConformance, NothingStoredNothingSeen) {
  EXPECT_TRUE(seen(store(), "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z").empty());
}

TEST_P(UsageConformance, ResourcesAndProductsAreApart) {
  commit(store(), {used({.id = "1", .time = "2026-03-04T09:00:00Z", .quantity = "2"}),
                   used({.id = "2", .time = "2026-03-05T09:00:00Z", .quantity = "0.5"}),
                   used({.id = "3", .time = "2026-03-04T10:00:00Z", .quantity = "4", .resource = "ben"}),
                   used({.id = "4", .time = "2026-03-06T00:00:00Z", .quantity = "0", .product = "devices"}),
                   used({.id = "5", .time = "2026-03-04T09:00:00Z", .organization = organization(2)})});
  const Seen all{{"minutes",
                  {{"ana", aggregate("2026-03-04T09:00:00Z", "2026-03-05T09:00:00Z", "2.5", "2", "0.5", 2)},
                   {"ben", aggregate("2026-03-04T10:00:00Z", "2026-03-04T10:00:00Z", "4", "4", "4", 1)}}},
                 {"devices", {{"ana", aggregate("2026-03-06T00:00:00Z", "2026-03-06T00:00:00Z", "0", "0", "0", 1)}}}};
  EXPECT_EQ(seen(store(), "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"), all);
  reopen();
  EXPECT_EQ(seen(store(), "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"), all);
}

// Each row is a range and how many of the events at the marked moments it must count.
TEST_P(UsageConformance, RangesAreHalfOpenToTheMillisecond) {
  commit(store(),
         {used({.id = "1", .time = "2026-02-28T23:59:59.999Z"}), used({.id = "2", .time = "2026-03-01T00:00:00Z"}),
          used({.id = "3", .time = "2026-03-01T12:00:00Z"}), used({.id = "4", .time = "2026-03-01T23:59:59.999Z"}),
          used({.id = "5", .time = "2026-03-02T00:00:00Z"}), used({.id = "6", .time = "2026-04-30T05:00:00Z"})});
  struct Row {
    std::string_view from;
    std::string_view to;
    std::uint64_t count;
  };
  const std::vector<Row> rows{
      {"2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", 3},
      {"2026-02-28T23:59:59.999Z", "2026-03-02T00:00:00.001Z", 5},
      {"2026-03-01T00:00:00.001Z", "2026-03-01T23:59:59.999Z", 1},
      {"2026-03-01T12:00:00Z", "2026-03-01T12:00:00.001Z", 1},
      {"2026-03-01T12:00:00.001Z", "2026-03-01T12:00:00.002Z", 0},
      {"2026-03-01T12:00:00Z", "2026-03-02T00:00:00Z", 2},
      {"2026-03-01T12:00:00Z", "2026-03-02T00:00:00.001Z", 3},
      {"2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z", 1},
      {"2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", 6},
      {"0002-01-01T00:00:00Z", "9999-01-01T00:00:00Z", 6},
      {"2026-03-15T00:00:00Z", "2026-04-30T05:00:00Z", 0},
      {"2026-03-15T00:00:00Z", "2026-04-30T05:00:00.001Z", 1},
      {"2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z", 0},
      {"2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z", 0},
  };
  for (int round = 0; round < 2; ++round) {
    for (const Row& row : rows) {
      const Seen all = seen(store(), row.from, row.to);
      const std::uint64_t count = all.empty() ? 0 : all.at("minutes").at("ana").count;
      EXPECT_EQ(count, row.count) << row.from << " to " << row.to;
    }
    reopen();
  }
}

// A range that holds intervals of a product alone has no usage, and a moment among them counts alone.
TEST_P(UsageConformance, IntervalsAreNoUsage) {
  const auto interval = [](const std::string& id, const std::string& product) {
    return used({.id = id,
                 .time = "2026-03-04T08:00:00Z",
                 .quantity = "9",
                 .until = "2026-03-07T20:00:00Z",
                 .product = product});
  };
  commit(store(), {interval("1", "minutes"), interval("2", "calls"),
                   used({.id = "3", .time = "2026-03-05T09:00:00Z", .quantity = "2"})});
  const Seen only{{"minutes", {{"ana", aggregate("2026-03-05T09:00:00Z", "2026-03-05T09:00:00Z", "2", "2", "2", 1)}}}};
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(seen(store(), "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"), only);
    EXPECT_EQ(seen(store(), "2026-03-05T08:59:00Z", "2026-03-05T09:01:00Z"), only);
    EXPECT_TRUE(seen(store(), "2026-03-04T00:00:00Z", "2026-03-05T09:00:00Z").empty());
    EXPECT_TRUE(seen(store(), "2026-03-06T01:00:00Z", "2026-03-08T00:00:00Z").empty());
    reopen();
  }
}

// A void of an interval leaves the moments of its days alone, and the other way round.
TEST_P(UsageConformance, VoidedIntervalsAndVoidedMomentsAreApart) {
  commit(store(), {used({.id = "i", .time = "2026-03-04T08:00:00Z", .until = "2026-03-06T08:00:00Z"}),
                   used({.id = "m", .time = "2026-03-05T09:00:00Z", .quantity = "2"}),
                   used({.id = "n", .time = "2026-03-05T10:00:00Z", .quantity = "3"})});
  reopen();
  commit(store(), {voided("v", "i")});
  const auto sum = [&] {
    return seen(store(), "2026-03-05T00:00:00Z", "2026-03-06T00:00:00Z").at("minutes").at("ana").sum;
  };
  EXPECT_EQ(sum(), quantity("5"));
  commit(store(), {voided("w", "m")});
  EXPECT_EQ(sum(), quantity("3"));
  reopen();
  EXPECT_EQ(sum(), quantity("3"));
}

// Of one time the greater (source, id) wins, whichever came first, whatever lies between.
TEST_P(UsageConformance, TheLastQuantityOfOneTimeIsThatOfTheGreaterPair) {
  const auto event = [](const std::string& source, const std::string& id, const std::string& amount) {
    return used({.id = id, .time = "2026-03-04T09:00:00Z", .quantity = amount, .source = source});
  };
  const auto last = [&] {
    return seen(store(), "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z").at("minutes").at("ana").last_quantity;
  };
  const auto last_of_part = [&] {
    return seen(store(), "2026-03-04T08:59:00Z", "2026-03-04T09:01:00Z").at("minutes").at("ana").last_quantity;
  };
  const auto fill = [&](const std::string& id) { commit(store(), {used({.id = id, .time = "2026-03-03T09:00:00Z"})}); };

  commit(store(), {event("s", "b", "20")});
  fill("f1");
  reopen();
  commit(store(), {event("s", "a", "30")});
  fill("f2");
  EXPECT_EQ(last(), quantity("20"));
  reopen();
  EXPECT_EQ(last(), quantity("20"));
  EXPECT_EQ(last_of_part(), quantity("20"));
  commit(store(), {event("t", "A", "10")});
  EXPECT_EQ(last(), quantity("10"));
  EXPECT_EQ(last_of_part(), quantity("10"));
  fill("f3");
  reopen();
  EXPECT_EQ(last(), quantity("10"));
  commit(store(), {core::VoidEvent{"s", "v", bank, "t", "A"}});
  EXPECT_EQ(last(), quantity("20"));
  reopen();
  EXPECT_EQ(last(), quantity("20"));
  EXPECT_EQ(last_of_part(), quantity("20"));
}

// More of one moment than fits into one block, or one commit, or one sealing.
TEST_P(UsageConformance, AMomentOfManyQuantitiesIsDecidedByTheGreatestPair) {
  constexpr int events = 150;
  std::vector<core::Event> batch;
  for (int i = 0; i < events; ++i) {
    // 77 and 151 have no common divisor: every id from 1 to 150 once, in no order.
    const int number = (i + 1) * 77 % (events + 1);
    batch.push_back(used({.id = std::string(3 - std::to_string(number).size(), '0') + std::to_string(number),
                          .time = "2026-03-04T09:00:00Z",
                          .quantity = std::to_string(1'000 - number)}));
  }
  commit(store(), {batch.begin(), batch.begin() + 100});
  commit(store(), {batch.begin() + 100, batch.end()});
  const auto last = [&](std::string_view from, std::string_view to) {
    return seen(store(), from, to).at("minutes").at("ana").last_quantity;
  };
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(last("2026-03-04T00:00:00Z", "2026-03-05T00:00:00Z"), quantity("850"));
    EXPECT_EQ(last("2026-03-04T08:00:00Z", "2026-03-04T10:00:00Z"), quantity("850"));
    reopen();
  }
  commit(store(), {voided("v", "150")});
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(last("2026-03-04T00:00:00Z", "2026-03-05T00:00:00Z"), quantity("851"));
    EXPECT_EQ(last("2026-03-04T08:00:00Z", "2026-03-04T10:00:00Z"), quantity("851"));
    reopen();
  }
}

TEST_P(UsageConformance, ASnapshotStaysAsItIs) {
  commit(store(), {used({.id = "1", .time = "2026-03-04T09:00:00Z", .quantity = "5"})});
  const auto before = store().snapshot();
  const core::Period march{at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z")};
  const Seen one = seen(*before, bank, march);
  EXPECT_EQ(one.at("minutes").at("ana").sum, quantity("5"));
  std::vector<std::unique_ptr<UsageSnapshot>> held;
  std::vector<Seen> first_answers;
  for (int i = 0; i < 40; ++i) {
    const std::string id = "x" + std::to_string(i);
    commit(store(), {used({.id = id, .time = "2026-03-04T09:00:00Z", .product = i % 2 == 0 ? "minutes" : "devices"}),
                     voided("v" + id, i == 20 ? "1" : "none" + id)});
    held.push_back(store().snapshot());
    first_answers.push_back(seen(*held.back(), bank, march));
  }
  EXPECT_EQ(seen(*before, bank, march), one);
  for (std::size_t i = 0; i < held.size(); ++i) EXPECT_EQ(seen(*held[i], bank, march), first_answers[i]) << i;
}

// Sealed whole days, days cut by the range, voided events and what is in memory, of several resources.
TEST_P(UsageConformance, APoolIsAllResourcesTakenForOne) {
  commit(store(), {used({.id = "1", .time = "2026-03-01T09:00:00Z", .quantity = "2"}),
                   used({.id = "2", .time = "2026-03-01T18:00:00Z", .quantity = "30", .resource = "ben"}),
                   used({.id = "3", .time = "2026-03-02T09:00:00Z", .quantity = "4"}),
                   used({.id = "4", .time = "2026-03-02T09:00:00Z", .quantity = "500", .resource = "ben"}),
                   used({.id = "5", .time = "2026-03-03T09:00:00Z", .quantity = "6", .resource = "cem"}),
                   used({.id = "6", .time = "2026-03-03T21:00:00Z", .quantity = "70"}), voided("v", "4")});
  reopen();
  commit(store(), {used({.id = "7", .time = "2026-03-02T10:00:00Z", .quantity = "8", .resource = "dan"})});
  struct Row {
    std::string_view from;
    std::string_view to;
    core::ResourceAggregate pool;
  };
  const std::vector<Row> rows{
      {"2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z",
       aggregate("2026-03-01T09:00:00Z", "2026-03-03T21:00:00Z", "120", "70", "0", 6)},
      {"2026-03-01T12:00:00Z", "2026-03-03T12:00:00Z",
       aggregate("2026-03-01T18:00:00Z", "2026-03-03T09:00:00Z", "48", "30", "0", 4)},
      {"2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z",
       aggregate("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z", "12", "8", "0", 2)},
      {"2026-03-02T09:30:00Z", "2026-03-02T12:00:00Z",
       aggregate("2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z", "8", "8", "0", 1)},
  };
  for (const Row& row : rows) {
    const Pools right{{"minutes", row.pool}};
    EXPECT_EQ(pools(*store().snapshot(), bank, {at(row.from), at(row.to)}), right) << row.from << " to " << row.to;
  }
  EXPECT_TRUE(pools(*store().snapshot(), bank, {at("2026-03-02T12:00:00Z"), at("2026-03-03T09:00:00Z")}).empty());
}

TEST_P(UsageConformance, EachProductIsPooledByItself) {
  commit(store(),
         {used({.id = "1", .time = "2026-03-04T09:00:00Z", .quantity = "2"}),
          used({.id = "2", .time = "2026-03-04T09:00:00Z", .quantity = "3", .resource = "ben"}),
          used({.id = "3", .time = "2026-03-04T09:00:00Z", .quantity = "4", .product = "devices"}),
          used({.id = "4", .time = "2026-03-04T09:00:00Z", .quantity = "5", .product = "devices", .resource = "ben"})});
  reopen();
  std::map<std::string, std::vector<core::Decimal>, std::less<>> sums;
  ASSERT_TRUE(store().snapshot()->usage(
      bank, {at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z")},
      [](std::string_view product) { return product == "devices"; },
      [&](const ProductUsage& usage) {
        for (const core::ResourceUsage& each : usage.resources) {
          sums[std::string(usage.product)].push_back(each.usage.sum);
        }
      }));
  std::ranges::sort(sums["minutes"]);
  EXPECT_EQ(sums["minutes"], (std::vector<core::Decimal>{quantity("2"), quantity("3")}));
  EXPECT_EQ(sums["devices"], (std::vector<core::Decimal>{quantity("9")}));
}

TEST_P(UsageConformance, NamesLiveAsLongAsTheirSnapshot) {
  const std::string long_name(512, 'r');
  commit(store(), {used({.id = "1", .time = "2026-03-04T09:00:00Z", .resource = long_name})});
  const auto snapshot = store().snapshot();
  std::vector<std::string_view> products;
  std::vector<core::ResourceNumber> numbers;
  ASSERT_TRUE(snapshot->usage(
      bank, {at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z")}, [](auto) { return false; },
      [&](const ProductUsage& usage) {
        products.push_back(usage.product);
        for (const core::ResourceUsage& each : usage.resources) numbers.push_back(each.resource);
      }));
  for (int i = 0; i < 100; ++i) {
    commit(
        store(),
        {used({.id = "n" + std::to_string(i), .time = "2026-03-04T09:00:00Z", .resource = "r" + std::to_string(i)})});
  }
  EXPECT_EQ(products, std::vector<std::string_view>{"minutes"});
  const auto names = snapshot->names_of(numbers);
  ASSERT_TRUE(names);
  const std::vector<std::string_view> right{long_name};
  EXPECT_EQ(*names, right);
}

TEST_P(UsageConformance, LargeQuantitiesAreExact) {
  const std::string largest = "999999999999999999.999999999";
  commit(store(), {used({.id = "1", .time = "2026-03-04T09:00:00Z", .quantity = largest}),
                   used({.id = "2", .time = "2026-03-04T10:00:00Z", .quantity = largest}),
                   used({.id = "3", .time = "2026-03-05T09:00:00Z", .quantity = "0.000000001"})});
  reopen();
  const auto usage = seen(store(), "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z").at("minutes").at("ana");
  EXPECT_EQ(usage.sum.to_string(), "1999999999999999999.999999999");
  EXPECT_EQ(usage.max.to_string(), largest);
  EXPECT_EQ(usage.last_quantity.to_string(), "0.000000001");
}

}  // namespace
}  // namespace tallystick::store::test
