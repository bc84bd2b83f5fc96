#include "store/embedded/rollup_sealing.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

namespace tallystick::store::embedded {

bool RollupSealing::add(ProductNumber product, std::span<const TailEvent* const> events) {
  std::vector<Moment> moments;
  moments.reserve(events.size());
  core::Day month_start{};
  core::Day month_end{};
  std::uint32_t month = 0;
  for (const TailEvent* event : events) {
    if (event->event.until) continue;
    const core::Day day = core::day_of(event->event.time);
    if (day < month_start || day >= month_end) {
      month = month_of(day);
      month_start = first_day_of(month);
      month_end = first_day_of(month + 1);
    }
    moments.push_back(
        {month, RollupPosition(event->resource, static_cast<unsigned>((day - month_start).count())), event});
  }
  std::ranges::sort(moments, {}, [](const Moment& moment) { return std::tie(moment.month, moment.position); });
  for (std::span<const Moment> rest = moments; !rest.empty();) {
    const auto end = std::ranges::upper_bound(rest, rest.front().month, {}, &Moment::month);
    const auto size = static_cast<std::size_t>(end - rest.begin());
    if (!add_month(product, rest.first(size))) return false;
    rest = rest.subspan(size);
  }
  return true;
}

bool RollupSealing::add_month(ProductNumber product, std::span<const Moment> moments) {
  const bool is_divided = moments.size() > undivided_moments_max;
  const auto range = [&](const Moment& moment) {
    return is_divided ? range_of(moment.position.resource()) : ResourceRange::all;
  };
  const std::uint32_t month = moments.front().month;
  const core::Day month_start = first_day_of(month);
  auto& product_days = products_[{month, product}];
  RollupKey key{organization_, product, month, range(moments.front())};
  const auto write = [&] {
    use_(rollup_key(key), row_.row());
    row_.clear();
  };
  for (auto moment = moments.begin(); moment != moments.end();) {
    const RollupPosition position = moment->position;
    if (const ResourceRange next = range(*moment); next != key.range) {
      write();
      key.range = next;
    }
    core::AggregateFold fold;
    for (; moment != moments.end() && moment->position == position; ++moment) {
      if (!fold.add(moment->event->event)) return false;
    }
    row_.add(position, month_start, fold);
    if (!product_days[position.day()].add(fold)) return false;
  }
  write();
  return true;
}

void RollupSealing::finish() {
  for (auto next = products_.begin(); next != products_.end();) {
    const std::uint32_t month = next->first.first;
    for (; next != products_.end() && next->first.first == month; ++next) {
      for (const auto& [day, fold] : next->second)
        row_.add({pooled(next->first.second), day}, first_day_of(month), fold);
    }
    use_(rollup_key({organization_, all_products, month, ResourceRange::all}), row_.row());
    row_.clear();
  }
}

}  // namespace tallystick::store::embedded
