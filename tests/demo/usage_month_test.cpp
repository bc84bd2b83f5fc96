#include "demo/usage_month.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "demo/calendar.hpp"

namespace tallystick::demo {
namespace {

using namespace std::chrono;
using Pair = std::pair<std::string, std::string>;

Pair pair_of(const core::Event& event) {
  return {core::source_of(event), core::id_of(event)};
}

// The intervals of a product, voided ones too, as they arrive.
std::vector<std::pair<core::UsageEvent, core::TimePoint>> intervals_of(const std::vector<Delivery>& deliveries,
                                                                       std::string_view product) {
  std::vector<std::pair<core::UsageEvent, core::TimePoint>> intervals;
  for (const auto& delivery : deliveries) {
    const auto* usage = std::get_if<core::UsageEvent>(&delivery.event);
    if (usage != nullptr && usage->until && usage->product == product) intervals.emplace_back(*usage, delivery.arrives);
  }
  return intervals;
}

bool same(const std::vector<Delivery>& a, const std::vector<Delivery>& b) {
  return std::ranges::equal(
      a, b, [](const Delivery& x, const Delivery& y) { return x.arrives == y.arrives && x.event == y.event; });
}

TEST(UsageMonth, IsDecidedByItsSeed) {
  for (const auto& customer : customers()) {
    const auto once = usage_of(customer, 7, 1'500);
    EXPECT_TRUE(same(once, usage_of(customer, 7, 1'500))) << customer.key;
    EXPECT_FALSE(same(once, usage_of(customer, 8, 1'500))) << customer.key;
  }
}

TEST(UsageMonth, HasExactlyAsManyEventsAsAsked) {
  for (const std::size_t count : {0U, 1U, 2U, 199U, 200U, 601U, 5'000U}) {
    EXPECT_EQ(usage_of(customers().front(), 1, count).size(), count);
  }
}

TEST(UsageMonth, RepeatsAndVoidsSomeOfItsOwnEvents) {
  for (const auto& customer : customers()) {
    const auto deliveries = usage_of(customer, 3, 12'000);
    std::map<Pair, core::Event> first;
    std::size_t repeats = 0;
    for (const auto& delivery : deliveries) {
      EXPECT_EQ(core::organization_of(delivery.event), customer.organization);
      const auto [known, is_new] = first.emplace(pair_of(delivery.event), delivery.event);
      if (is_new) continue;
      ++repeats;
      EXPECT_EQ(known->second, delivery.event);
    }
    EXPECT_EQ(repeats, 12'000U / 200);

    std::size_t voids = 0;
    for (const auto& delivery : deliveries) {
      const auto* taken_back = std::get_if<core::VoidEvent>(&delivery.event);
      if (taken_back == nullptr) continue;
      ++voids;
      const auto target = first.find({taken_back->target_source, taken_back->target_id});
      ASSERT_NE(target, first.end());
      EXPECT_TRUE(std::holds_alternative<core::UsageEvent>(target->second));
    }
    EXPECT_EQ(voids, 12'000U / 600);
  }
}

TEST(UsageMonth, ArrivesInOrderAndNeverBeforeItHappens) {
  const auto month = demo_month();
  for (const auto& customer : customers()) {
    const auto deliveries = usage_of(customer, 4, 20'000);
    EXPECT_TRUE(std::ranges::is_sorted(deliveries, {}, &Delivery::arrives));
    std::size_t late = 0;
    std::size_t of_february = 0;
    for (const auto& delivery : deliveries) {
      const auto* usage = std::get_if<core::UsageEvent>(&delivery.event);
      if (usage == nullptr) continue;
      EXPECT_LT(usage->time, delivery.arrives);
      // What a day of March is on a wall clock between Perth and New York, and the late ones of February.
      EXPECT_GE(usage->time, month.start - hours{40});
      EXPECT_LT(usage->time, month.end + hours{7});
      late += delivery.arrives - usage->time > hours{31} ? 1U : 0U;
      of_february += usage->time < month.start - hours{8} ? 1U : 0U;
    }
    EXPECT_GT(late, 60U) << customer.key;
    EXPECT_LT(late, 400U) << customer.key;
    EXPECT_GT(of_february, 0U) << customer.key;
  }
}

TEST(UsageMonth, HasCallsOfTwentySecondsToTwentyFiveMinutes) {
  for (const auto& customer : customers()) {
    const auto calls = intervals_of(usage_of(customer, 9, 20'000), "voice-minutes");
    EXPECT_GT(calls.size(), 1'000U) << customer.key;
    for (const auto& [call, arrives] : calls) {
      const milliseconds length = *call.until - call.time;
      EXPECT_GE(length, 20s) << call.id;
      EXPECT_LE(length, 25min) << call.id;
      EXPECT_TRUE(call.resource.ends_with(customer.domain)) << call.resource;
      EXPECT_EQ(call.quantity, core::Decimal::from_integer(1)) << call.id;
    }
  }
}

TEST(UsageMonth, HasCopilotSessionsOfHalfAShift) {
  for (const auto& customer : customers()) {
    std::set<std::string> people;
    const auto sessions = intervals_of(usage_of(customer, 9, 20'000), "copilot-concurrent");
    EXPECT_GT(sessions.size(), 300U) << customer.key;
    for (const auto& [session, arrives] : sessions) {
      const milliseconds length = *session.until - session.time;
      EXPECT_GT(length, 2h) << session.id;
      EXPECT_LT(length, 5h) << session.id;
      people.insert(session.resource);
    }
    EXPECT_LT(people.size(), customer.users) << "not everybody has a copilot";
    EXPECT_GT(people.size(), customer.users / 3) << customer.key;
  }
}

TEST(UsageMonth, SendsIntervalsOnceTheyAreOver) {
  for (const auto& customer : customers()) {
    const auto deliveries = usage_of(customer, 10, 20'000);
    for (const std::string_view product : {"voice-minutes", "copilot-concurrent"}) {
      for (const auto& [interval, arrives] : intervals_of(deliveries, product)) {
        EXPECT_LT(interval.time, *interval.until) << interval.id;
        EXPECT_LT(*interval.until, arrives) << interval.id;
      }
    }
  }
}

TEST(UsageMonth, HasIntervalsAcrossBothBoundsOfTheMonth) {
  const auto month = demo_month();
  for (const auto& customer : customers()) {
    const auto deliveries = usage_of(customer, 2026, 40'000);
    std::size_t into = 0;
    std::size_t out_of = 0;
    for (const std::string_view product : {"voice-minutes", "copilot-concurrent"}) {
      for (const auto& [interval, arrives] : intervals_of(deliveries, product)) {
        into += interval.time < month.start && month.start < *interval.until ? 1U : 0U;
        out_of += interval.time < month.end && month.end < *interval.until ? 1U : 0U;
      }
    }
    EXPECT_GT(into, 0U) << customer.key;
    EXPECT_GT(out_of, 0U) << customer.key;
  }
}

TEST(UsageMonth, IsThinnerAtWeekendsWhereOfficesClose) {
  const Customer& bank = customers().front();
  std::size_t on_workdays = 0;
  std::size_t at_weekends = 0;
  for (const auto& delivery : usage_of(bank, 5, 20'000)) {
    const auto* usage = std::get_if<core::UsageEvent>(&delivery.event);
    if (usage == nullptr || !usage->product.starts_with("cx-")) continue;
    const weekday name{core::day_of(usage->time)};
    ++(name == Saturday || name == Sunday ? at_weekends : on_workdays);
  }
  // March 2026 has 22 workdays and 9 days of weekend.
  EXPECT_GT(at_weekends, 0U);
  EXPECT_GT(on_workdays / 22, 5 * at_weekends / 9);
}

TEST(UsageMonth, UpgradesSomeLicencesOnceAndTakesNoneAway) {
  const Customer& bank = customers().front();
  // By person, the last moment of the lower licence and the first of the higher.
  std::map<std::string, std::map<std::string, std::pair<core::TimePoint, core::TimePoint>>> seen;
  for (const auto& delivery : usage_of(bank, 6, 60'000)) {
    const auto* usage = std::get_if<core::UsageEvent>(&delivery.event);
    if (usage == nullptr || !usage->product.starts_with("cx-")) continue;
    const auto [known, is_new] = seen[usage->resource].try_emplace(usage->product, usage->time, usage->time);
    auto& [first, last] = known->second;
    first = std::min(first, usage->time);
    last = std::max(last, usage->time);
  }
  std::size_t changed = 0;
  for (const auto& [person, licences] : seen) {
    ASSERT_LE(licences.size(), 2U) << person;
    if (licences.size() < 2) continue;
    ++changed;
    const auto& [lower, lower_seen] = *licences.begin();
    const auto& [higher, higher_seen] = *licences.rbegin();
    EXPECT_LT(lower_seen.second, higher_seen.first) << person << " went from " << lower << " to " << higher;
  }
  EXPECT_GT(changed, 0U);
  EXPECT_LT(changed, seen.size() / 5);
}

TEST(Zone, FollowsTheClocksThatChangeInTheMonth) {
  const Zone berlin = customers()[0].zone;
  const Zone new_york = customers()[1].zone;
  const Zone singapore = customers()[2].zone;
  const auto march = [](unsigned day, int hour) -> core::TimePoint {
    return sys_days{2026y / March / std::chrono::day{day}} + hours{hour};
  };
  EXPECT_EQ(berlin.utc(march(2, 9)), march(2, 8));
  EXPECT_EQ(berlin.utc(march(29, 1)), march(29, 0));
  EXPECT_EQ(berlin.utc(march(29, 3)), march(29, 1));
  EXPECT_EQ(berlin.utc(march(30, 9)), march(30, 7));
  EXPECT_EQ(new_york.utc(march(7, 9)), march(7, 14));
  EXPECT_EQ(new_york.utc(march(8, 1)), march(8, 6));
  EXPECT_EQ(new_york.utc(march(8, 3)), march(8, 7));
  EXPECT_EQ(new_york.utc(march(31, 21)), march(31, 25));
  EXPECT_EQ(singapore.utc(march(29, 9)), march(29, 1));
}

}  // namespace
}  // namespace tallystick::demo
