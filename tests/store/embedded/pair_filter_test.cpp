#include "store/embedded/pair_filter.hpp"

#include <gtest/gtest.h>

#include <random>
#include <thread>
#include <vector>

#include "store/embedded/pair_filter_filling.hpp"
#include "store/store_under_test.hpp"
#include "store/usage_events.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::uint64_t plenty = 1ULL << 30U;

// Hashes as a keyed hash gives them: without a pattern, the same for one seed.
std::vector<PairHash> pairs(std::uint64_t seed, std::size_t count) {
  std::mt19937_64 random(seed);
  std::vector<PairHash> made(count);
  for (PairHash& pair : made) {
    for (std::uint8_t& byte : pair.bytes) byte = static_cast<std::uint8_t>(random());
  }
  return made;
}

std::size_t held(const PairFilter& filter, const std::vector<PairHash>& asked) {
  std::size_t count = 0;
  for (const PairHash& pair : asked) count += filter.may_hold(pair) ? 1U : 0U;
  return count;
}

TEST(PairFilter, AnyPairMayBeThereUntilItIsComplete) {
  PairFilter filter(0, plenty);
  const auto unknown = pairs(1, 1'000);
  EXPECT_EQ(held(filter, unknown), unknown.size());
  filter.set_complete();
  EXPECT_EQ(held(filter, unknown), 0U);
}

TEST(PairFilter, NeverDeniesWhatWasAddedAndSeldomTakesOneForIt) {
  PairFilter filter(0, plenty);
  filter.set_complete();
  // The first layer takes 2^22 pairs: more make a second one.
  const auto added = pairs(1, 5'000'000);
  filter.add(added);
  EXPECT_EQ(held(filter, added), added.size());
  const auto others = pairs(2, 100'000);
  EXPECT_LT(held(filter, others), 1'500U) << "in 100,000";
  EXPECT_GT(filter.bytes(), 30'000'000U) << "12 bits for each of 2^22 + 2^24 pairs";
}

TEST(PairFilter, KnowsNothingWhereItsMemoryIsTooSmall) {
  PairFilter at_once(0, 1'000);
  at_once.set_complete();
  EXPECT_TRUE(at_once.may_hold(pairs(1, 1).front()));
  EXPECT_EQ(at_once.bytes(), 0U);

  // Enough for the first layer, not for the second.
  PairFilter later(0, 8'000'000);
  later.set_complete();
  const auto other = pairs(3, 1).front();
  later.add(pairs(1, 1ULL << 22U));
  EXPECT_FALSE(later.may_hold(other));
  later.add(pairs(2, 100'000));  // of the others some were taken for pairs that were there
  EXPECT_TRUE(later.may_hold(other));
  EXPECT_LE(later.bytes(), 8'000'000U);
}

TEST(PairFilter, UsesTheMemoryThatItMayHave) {
  const auto other = pairs(9, 1).front();
  // Room for 8 million pairs: less than are expected, more than the half of them.
  PairFilter at_once(10'000'000, 12'000'000);
  at_once.set_complete();
  at_once.add(pairs(1, 5'000'000));
  EXPECT_FALSE(at_once.may_hold(other));
  EXPECT_LE(at_once.bytes(), 12'000'000U);

  // Behind the first layer of 2^22 pairs there is no room for four times as many, but for twice as many.
  PairFilter later(0, 20'000'000);
  later.set_complete();
  const auto added = pairs(1, 6'000'000);
  later.add(added);
  EXPECT_FALSE(later.is_full());
  EXPECT_FALSE(later.may_hold(other));
  EXPECT_EQ(held(later, added), added.size());
  EXPECT_LE(later.bytes(), 20'000'000U);
}

TEST(PairFilter, PairsThatAreAddedAgainTakeNoRoom) {
  PairFilter filter(0, plenty);
  const std::uint64_t bytes = filter.bytes();
  const auto added = pairs(1, 1'500'000);
  for (int time = 0; time < 4; ++time) filter.add(added);
  EXPECT_EQ(filter.bytes(), bytes) << "one layer of 2^22 pairs";
}

TEST(PairFilter, IsAskedWhileOthersAdd) {
  PairFilter filter(0, plenty);
  filter.set_complete();
  const auto first = pairs(1, 1'000);
  filter.add(first);
  std::thread adding([&] {
    for (std::uint64_t seed = 2; seed < 12; ++seed) filter.add(pairs(seed, 10'000));
  });
  for (int round = 0; round < 20; ++round) EXPECT_EQ(held(filter, first), first.size());
  adding.join();
  EXPECT_EQ(held(filter, pairs(11, 10'000)), 10'000U);
}

// What was sealed before a start is known after it, whether the filter learned it already or not.
TEST(PairFilter, RepeatsAreFoundAfterAStart) {
  for (const std::uint64_t filter_bytes_max : {std::uint64_t{0}, plenty}) {
    EmbeddedSettings settings = test::small_settings(5);
    settings.pair_filter_bytes_max = filter_bytes_max;
    const auto under_test = test::make_embedded(settings);
    std::vector<core::Event> events;
    for (int i = 0; i < 100; ++i) {
      events.push_back(test::used({.id = std::to_string(i), .time = "2026-03-01T10:00:00Z"}));
    }
    for (const auto& event : events) EXPECT_EQ(test::commit(under_test->store(), {event}).accepted, 1U);
    for (int start = 0; start < 3; ++start) {
      under_test->reopen();
      EXPECT_EQ(test::commit(under_test->store(), events).duplicates, events.size());
    }
  }
}

// Sealing, the filling after a start and commits meet in the filter.
TEST(PairFilter, RepeatsAreFoundWhileItIsFilled) {
  const auto event = [](int number) {
    return test::used({.id = std::to_string(number), .time = "2026-03-01T10:00:00Z"});
  };
  constexpr int groups = 40;
  constexpr int group_events = 500;
  const auto under_test = test::make_embedded(test::small_settings(300));
  std::mt19937 random(2026);
  int next = 0;
  for (int group = 0; group < groups; ++group) {
    if (group % 10 == 9) under_test->reopen();
    std::vector<core::Event> events;
    std::uint64_t repeats = 0;
    const int before = next;
    for (int i = 0; i < group_events; ++i) {
      const bool is_repeat = before > 0 && random() % 2 == 0;
      events.push_back(event(is_repeat ? static_cast<int>(random() % static_cast<unsigned>(before)) : next++));
      repeats += is_repeat ? 1U : 0U;
    }
    const BatchOutcome outcome = test::commit(under_test->store(), events);
    ASSERT_EQ(outcome.duplicates, repeats) << "group " << group;
    ASSERT_EQ(outcome.accepted, events.size() - repeats) << "group " << group;
  }
}

}  // namespace
}  // namespace tallystick::store::embedded
