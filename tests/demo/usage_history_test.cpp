#include "demo/usage_history.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "demo/calendar.hpp"

namespace tallystick::demo {
namespace {

using namespace std::chrono;

constexpr std::size_t stretches = 3;

const core::UsageEvent& usage_in(const Delivery& delivery) {
  return std::get<core::UsageEvent>(delivery.event);
}

TEST(UsageHistory, EndsWhereTheMonthBegins) {
  for (const auto& customer : customers()) {
    const auto history = history_of(customer, 2026, stretches, 2'000);
    std::map<std::size_t, std::size_t> counts;
    for (const auto& delivery : history) {
      const core::UsageEvent& usage = usage_in(delivery);
      EXPECT_GE(usage.time, demo_month().start - days{28 * stretches});
      EXPECT_LT(usage.time, demo_month().start);
      EXPECT_LE(usage.until.value_or(usage.time), demo_month().start) << "nothing reaches into the month";
      ++counts[static_cast<std::size_t>((demo_month().start - usage.time) / days{28})];
    }
    EXPECT_EQ(counts.size(), stretches) << customer.key;
    for (const auto& [stretch, count] : counts) EXPECT_GT(count, 1'000U) << customer.key << " " << stretch;
    EXPECT_TRUE(std::ranges::is_sorted(history, {}, &Delivery::arrives));
  }
}

TEST(UsageHistory, IsUsageOfTheSamePeopleUnderIdsOfItsOwn) {
  const auto& customer = customers().front();
  const auto month = usage_of(customer, 2026, 2'000);
  const auto history = history_of(customer, 2026, stretches, 2'000);
  std::set<std::string> of_month;
  std::set<std::string> ids;
  for (const auto& delivery : month) {
    ids.insert(core::id_of(delivery.event));
    if (const auto* usage = std::get_if<core::UsageEvent>(&delivery.event)) of_month.insert(usage->resource);
  }
  std::map<std::string, const core::UsageEvent*> by_id;
  for (const auto& delivery : history) {
    const core::UsageEvent& usage = usage_in(delivery);
    EXPECT_FALSE(ids.contains(usage.id));
    EXPECT_TRUE(of_month.contains(usage.resource)) << usage.resource;
    const auto [known, is_new] = by_id.emplace(usage.id, &usage);
    if (!is_new) {
      EXPECT_EQ(*known->second, usage) << "a repeat has the same content";
    }
  }
}

}  // namespace
}  // namespace tallystick::demo
