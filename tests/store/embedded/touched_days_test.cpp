#include "store/embedded/touched_days.hpp"

#include <gtest/gtest.h>
// GoogleTest first: rapidcheck's bridge expects its macros.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace tallystick::store::embedded {
namespace {

using Numbers = TouchedDays<int>;

core::Day day(int number) {
  return core::Day{std::chrono::days{number}};
}

std::vector<int> numbers_of(const std::vector<Numbers::Item>& items) {
  std::vector<int> numbers;
  for (const Numbers::Item& item : items) numbers.push_back(item.what);
  return numbers;
}

TEST(TouchedDays, GapsArePassedOver) {
  Numbers days({{day(5), day(6), 1}, {day(100), day(100), 2}});
  EXPECT_EQ(days.next(), day(5));
  EXPECT_EQ(numbers_of(days.go_to(day(5))), std::vector<int>{1});
  EXPECT_EQ(days.next(), day(6));
  EXPECT_EQ(numbers_of(days.go_to(day(6))), std::vector<int>{1});
  EXPECT_EQ(days.next(), day(100));
  EXPECT_EQ(numbers_of(days.go_to(day(100))), std::vector<int>{2});
  EXPECT_EQ(days.next(), std::nullopt);
  EXPECT_TRUE(days.go_to(day(101)).empty());
}

TEST(TouchedDays, NothingTouchesNoDay) {
  Numbers days({});
  EXPECT_EQ(days.next(), std::nullopt);
  EXPECT_TRUE(days.go_to(day(7)).empty());
}

// Any items, asked for any rising days.
RC_GTEST_PROP(TouchedDaysProperty, IsWhatLookingAtEveryItemSays, ()) {
  constexpr int days_max = 30;
  std::vector<Numbers::Item> items;
  for (int left = *rc::gen::inRange(0, 12); left > 0; --left) {
    const int first = *rc::gen::inRange(0, days_max);
    items.push_back({day(first), day(*rc::gen::inRange(first, days_max)), left});
  }
  Numbers days(items);
  for (int number = -1; number < days_max; number += *rc::gen::inRange(1, 4)) {
    if (number >= 0) {
      std::vector<int> right;
      for (const Numbers::Item& item : items) {
        if (item.first <= day(number) && day(number) <= item.last) right.push_back(item.what);
      }
      auto touching = numbers_of(days.go_to(day(number)));
      std::ranges::sort(touching);
      std::ranges::sort(right);
      RC_ASSERT(touching == right);
    }
    std::optional<core::Day> next;
    for (const Numbers::Item& item : items) {
      if (item.last <= day(number)) continue;
      const core::Day touched = std::max(item.first, day(number + 1));
      next = next ? std::min(*next, touched) : touched;
    }
    RC_ASSERT(days.next() == next);
  }
}

}  // namespace
}  // namespace tallystick::store::embedded
