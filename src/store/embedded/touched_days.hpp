#pragma once
#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "tallystick/core/time.hpp"

namespace tallystick::store::embedded {

/// Things that touch a day or a run of days, met day by day. Nothing is copied for a day that something merely goes on
/// in: an event may touch a year of days.
template <class What>
class TouchedDays {
 public:
  struct Item {
    core::Day first;
    core::Day last;  ///< not before `first`
    What what{};
  };

  explicit TouchedDays(std::vector<Item> items) : items_(std::move(items)) {
    std::ranges::stable_sort(items_, {}, &Item::first);
  }

  /// The next day that anything touches, absent after the last one.
  [[nodiscard]] std::optional<core::Day> next() const {
    if (last_ > day_) return day_ + std::chrono::days{1};
    return begun_ == items_.size() ? std::nullopt : std::optional(items_[begun_].first);
  }

  /// Goes on to a day, later than the one before, and returns what touches it: that which began earlier first. May be
  /// put in another order.
  [[nodiscard]] std::vector<Item>& go_to(core::Day day) {
    day_ = day;
    std::erase_if(touching_, [day](const Item& item) { return item.last < day; });
    for (; begun_ != items_.size() && items_[begun_].first <= day; ++begun_) {
      const Item& item = items_[begun_];
      if (item.last < day) continue;
      touching_.push_back(item);
      last_ = std::max(last_, item.last);
    }
    return touching_;
  }

 private:
  std::vector<Item> items_;     // in the order of their first days
  std::size_t begun_ = 0;       // how many of them
  std::vector<Item> touching_;  // the day that was gone to
  core::Day day_ = core::Day::max();
  core::Day last_;  // of all that touched a day so far
};

}  // namespace tallystick::store::embedded
