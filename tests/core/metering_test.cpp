#include "tallystick/core/metering.hpp"

#include <gtest/gtest.h>
// GoogleTest first: rapidcheck's bridge expects its macros.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
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

using Pieces = std::vector<Presence>;

// One product by itself.
std::optional<Metered> meter(const Product& product, const std::vector<ResourceUsage>& resources,
                             const std::vector<Pieces>& days) {
  const std::array<const Product*, 1> family{&product};
  const auto meter = rule_of(product.metering.kind).make(family, three_days);
  EXPECT_TRUE(meter->add(0, resources));
  for (std::size_t day = 0; day < days.size(); ++day) {
    const std::array<std::span<const Presence>, 1> pieces{days[day]};
    meter->add_day(first_day + std::chrono::days{day}, pieces);
  }
  return meter->finish().value().at(0);
}

std::string total_of(const std::optional<Metered>& metered) {
  return metered ? metered->total.to_string() : "not listed";
}

// Three resources that sent 5 and 2, 7 and 1, 0 and 0.
std::vector<ResourceUsage> three_resources() {
  return {used(1, 30, 7, 5, 2), used(2, 10, 8, 7, 1), used(3, 20, 0, 0, 0)};
}

TEST(Metering, TotalsOfMoments) {
  const std::pair<MeteringKind, std::string_view> rows[] = {
      {MeteringKind::unique, "3"}, {MeteringKind::sum, "15"}, {MeteringKind::max, "7"}, {MeteringKind::latest, "3"}};
  for (const auto& [kind, total] : rows) {
    const auto metered = meter(test::product("p", kind), three_resources(), {});
    EXPECT_EQ(total_of(metered), total) << to_string(kind);
    ASSERT_TRUE(metered && metered->resources.size() == 3U) << to_string(kind);
  }
}

TEST(Metering, ATotalThatDoesNotFitIsAFault) {
  constexpr int128 int128_max = static_cast<int128>((uint128{1} << 127U) - 1U);
  ResourceUsage huge = used(1, 0, 0, 0, 0);
  huge.usage.sum = Decimal::from_units(int128_max);
  const std::vector<ResourceUsage> resources{huge, used(2, 0, 1, 1, 1)};
  const Product product = test::product("p", MeteringKind::sum);
  const std::array<const Product*, 1> family{&product};
  const auto meter = rule_of(MeteringKind::sum).make(family, three_days);
  EXPECT_EQ(meter->add(0, resources).error(), DecimalFault::overflow);
}

TEST(Metering, DurationRoundsEachMergedPieceUp) {
  struct Row {
    std::optional<std::int64_t> step_seconds;
    MeteringUnit unit;
    std::vector<Pieces> days;
    std::string_view total;
  };
  const auto ms = [](std::uint32_t resource, std::uint32_t from, std::uint32_t to) {
    return Presence{ResourceNumber{resource}, from, to};
  };
  constexpr std::uint32_t day_ms = Presence::day_ms;
  const Row rows[] = {
      {{}, MeteringUnit::minute, {{minutes(1, 0, 10), minutes(2, 5, 10)}}, "15"},
      {{}, MeteringUnit::hour, {{minutes(1, 0, 90)}}, "1.5"},
      {{}, MeteringUnit::second, {{ms(1, 0, 1)}}, "0.001"},
      {{}, MeteringUnit::hour, {{ms(1, 0, 1)}}, "0.000000278"},
      // Three milliseconds are 0.0000008333… hours: one rounding, not three.
      {{}, MeteringUnit::hour, {{ms(1, 0, 1), ms(2, 0, 1), ms(3, 0, 1)}}, "0.000000833"},
      {6, MeteringUnit::second, {{ms(1, 0, 6'000)}}, "6"},
      {6, MeteringUnit::second, {{ms(1, 0, 6'001)}}, "12"},
      {6, MeteringUnit::second, {{ms(1, 0, 1), ms(1, 10, 11), ms(2, 0, 1)}}, "18"},
      // One piece over midnight is rounded once; a gap of a millisecond makes two of it.
      {6, MeteringUnit::second, {{ms(1, day_ms - 1, day_ms)}, {ms(1, 0, 1)}}, "6"},
      {6, MeteringUnit::second, {{ms(1, day_ms - 2, day_ms - 1)}, {ms(1, 0, 1)}}, "12"},
      {60, MeteringUnit::hour, {{ms(1, day_ms - 1, day_ms)}, {ms(1, 0, day_ms)}, {ms(1, 0, 1)}}, "24.016666667"},
  };
  for (const Row& row : rows) {
    Product product = test::product("p", MeteringKind::duration);
    product.metering.step_seconds = row.step_seconds;
    product.metering.unit = row.unit;
    EXPECT_EQ(total_of(meter(product, {}, row.days)), row.total);
  }
}

// `count` resources, numbered from `first`, present in minutes [from, to).
void add(Pieces& pieces, std::uint32_t first, std::uint32_t count, std::uint32_t from, std::uint32_t to) {
  for (std::uint32_t i = 0; i < count; ++i) pieces.push_back(minutes(first + i, from, to));
}

TEST(Metering, ThePeakStandsForThirtyMinutesInAll) {
  const Product product = test::product("p", MeteringKind::concurrent);
  Pieces published;
  add(published, 0, 500, 0, 31);
  add(published, 500, 3, 10, 16);
  Pieces just_long_enough{minutes(1, 0, 30)};
  Pieces too_short{{ResourceNumber{1}, 0, 30 * test::minute_ms - 1}};
  // Two at once for 3 × 10 minutes, on two days, by different pairs.
  const std::vector<Pieces> in_parts{{minutes(1, 0, 10), minutes(1, 60, 70), minutes(2, 0, 10), minutes(3, 60, 70)},
                                     {minutes(3, 0, 10), minutes(4, 0, 10)}};
  // One leaves at the very moment at which another comes.
  const Pieces handover{minutes(1, 0, 40), minutes(2, 40, 80)};
  EXPECT_EQ(total_of(meter(product, {}, {published})), "500");
  EXPECT_EQ(total_of(meter(product, {}, {just_long_enough})), "1");
  EXPECT_EQ(total_of(meter(product, {}, {too_short})), "0");
  EXPECT_EQ(total_of(meter(product, {}, in_parts)), "2");
  EXPECT_EQ(total_of(meter(product, {}, {handover})), "1");
  EXPECT_EQ(total_of(meter(product, {}, {})), "not listed");
}

TEST(Metering, LevelsAndHoursOfAConcurrentProduct) {
  const Product product = test::product("p", MeteringKind::concurrent);
  // Two from 0:30 to 1:00, one more until 2:00 sharp; the next day one minute from 23:59.
  const auto metered = meter(product, {}, {{minutes(1, 30, 60), minutes(2, 30, 120)}, {minutes(1, 1439, 1440)}});
  ASSERT_TRUE(metered && metered->concurrency);
  const Concurrency& concurrency = *metered->concurrency;
  ASSERT_EQ(concurrency.levels.size(), 2U);
  EXPECT_EQ(concurrency.levels[0].count, 1U);
  EXPECT_EQ(concurrency.levels[0].length, std::chrono::minutes{91});
  EXPECT_EQ(concurrency.levels[1].length, std::chrono::minutes{30});
  ASSERT_EQ(concurrency.hours.size(), 72U);
  const std::vector<std::pair<std::size_t, std::uint64_t>> maxima{{0, 2}, {1, 1}, {2, 0}, {46, 0}, {47, 1}, {48, 0}};
  for (const auto& [hour, max] : maxima) {
    EXPECT_EQ(concurrency.hours[hour].max, max) << hour;
    EXPECT_EQ(concurrency.hours[hour].time, at_minute(static_cast<std::int64_t>(hour) * 60));
  }
}

TEST(Metering, TheLongestPresentAreListedAndNamesDecideBetweenEquals) {
  const Product product = test::product("p", MeteringKind::concurrent);
  // Two at once for half an hour; of the three with 30 minutes one is listed beside the one with 60.
  const auto metered =
      meter(product, {},
            {{minutes(1, 0, 30), minutes(2, 0, 60), minutes(3, 100, 130), minutes(4, 200, 230), minutes(5, 0, 1)}});
  ASSERT_TRUE(metered);
  EXPECT_EQ(total_of(metered), "2");
  std::vector<std::string_view> names;
  for (const auto& resource : metered->resources) {
    names.push_back(std::array<std::string_view, 6>{"", "zoe", "ben", "Ana", "eve", "abe"}.at(
        static_cast<std::size_t>(resource.resource)));
  }
  const auto listed = listed_resources(*metered, names);
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[0].name, "Ana");
  EXPECT_EQ(listed[0].date, at_minute(100));
  EXPECT_EQ(listed[0].presence, std::chrono::minutes{30});
  EXPECT_EQ(listed[1].name, "ben");
}

// Names that share what they begin with, that end where others go on, with bytes of 0 and beyond ASCII.
RC_GTEST_PROP(MeteringProperty, ResourcesAreListedByNameInByteOrder, ()) {
  const auto ends = rc::gen::container<std::string>(rc::gen::element('\0', 'a', 'b', '\x7f', '\x80', '\xff'));
  const std::string prefix = *ends;
  std::set<std::string> names;
  for (int left = *rc::gen::inRange(0, 30); left > 0; --left) names.insert(prefix + *ends);
  std::vector<std::string_view> shuffled(names.begin(), names.end());
  for (std::size_t i = shuffled.size(); i > 1; --i)
    std::swap(shuffled[i - 1], shuffled[*rc::gen::inRange<std::size_t>(0, i)]);
  Metered metered;
  for (std::size_t i = 0; i < shuffled.size(); ++i) {
    metered.resources.push_back({ResourceNumber{}, at_minute(static_cast<std::int64_t>(shuffled[i].size())), {}});
  }
  const auto listed = listed_resources(metered, shuffled);
  RC_ASSERT(listed.size() == names.size());
  // std::string compares bytes as unsigned characters.
  auto right = names.begin();
  for (const ListedResource& each : listed) {
    RC_ASSERT(each.name == *right++);
    RC_ASSERT(each.date == at_minute(static_cast<std::int64_t>(each.name.size())));
  }
}

TEST(Metering, NamesOfKindsAndUnits) {
  for (const MeteringRule& rule : metering_rules()) {
    EXPECT_EQ(&rule_of(rule.kind), &rule);
    EXPECT_EQ(find_metering_kind(rule.name), rule.kind);
  }
  EXPECT_EQ(find_metering_kind("Unique"), std::nullopt);
  EXPECT_EQ(find_metering_unit("minute"), MeteringUnit::minute);
  EXPECT_EQ(find_metering_unit("day"), std::nullopt);
  EXPECT_EQ(to_string(MeteringUnit::second), "second");
  EXPECT_EQ(unit_of(Metering{}), MeteringUnit::hour);
}

}  // namespace
}  // namespace tallystick::core
