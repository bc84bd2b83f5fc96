#include <algorithm>
#include <boost/sort/spreadsort/integer_sort.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <chrono>

#include "core/meterings/meterings.hpp"

namespace tallystick::core {
namespace {

using std::chrono::hours;

/// Published fact: 500 users for 31 minutes and 503 for 6 have a peak of 500.
constexpr std::chrono::minutes peak_length_min{30};
constexpr std::uint32_t hour_ms = 3'600'000;

/// How many resources of one product were present at once, and for how long.
class LevelSweep {
 public:
  explicit LevelSweep(const Period& period)
      : first_hour_(std::chrono::floor<hours>(period.start)),
        hour_max_(static_cast<std::size_t>((std::chrono::ceil<hours>(period.end) - first_hour_) / hours{1})) {}

  [[nodiscard]] bool is_empty() const { return presence_.empty(); }

  void add_day(Day day, std::span<const Presence> pieces) {
    if (pieces.empty()) return;
    starts_.clear();
    ends_.clear();
    for (const Presence& piece : pieces) {
      starts_.push_back(piece.start_ms);
      ends_.push_back(piece.end_ms);
    }
    list(day, pieces);
    boost::sort::spreadsort::integer_sort(starts_.begin(), starts_.end());
    boost::sort::spreadsort::integer_sort(ends_.begin(), ends_.end());
    sweep(day);
  }

  [[nodiscard]] Metered metered() const {
    Metered product;
    Concurrency& concurrency = product.concurrency.emplace();
    concurrency.levels.resize(length_ms_.empty() ? 0 : length_ms_.size() - 1);
    std::int64_t at_least_ms = 0;
    std::size_t peak = 0;
    for (std::size_t count = concurrency.levels.size(); count > 0; --count) {
      at_least_ms += length_ms_[count];
      concurrency.levels[count - 1] = {count, milliseconds{at_least_ms}};
      if (peak == 0 && milliseconds{at_least_ms} >= peak_length_min) peak = count;
    }
    concurrency.hours.reserve(hour_max_.size());
    for (std::size_t i = 0; i < hour_max_.size(); ++i) {
      concurrency.hours.push_back({first_hour_ + hours{static_cast<std::int64_t>(i)}, hour_max_[i]});
    }
    product.total = Decimal::from_integer(static_cast<std::int64_t>(peak));
    product.listed_max = peak;
    product.resources = candidates(peak);
    return product;
  }

 private:
  struct Present {
    TimePoint date;
    milliseconds length{0};
  };

  // Pieces are in the order of their resources.
  void list(Day day, std::span<const Presence> pieces) {
    for (auto piece = pieces.begin(); piece != pieces.end();) {
      const ResourceNumber resource = piece->resource;
      Present& present =
          presence_.try_emplace(resource, Present{TimePoint{day} + milliseconds{piece->start_ms}}).first->second;
      for (; piece != pieces.end() && piece->resource == resource; ++piece) {
        present.length += milliseconds{piece->length_ms()};
      }
    }
  }

  // From one start or end to the next the level stands. Pieces are half-open: at one moment ends come before starts.
  void sweep(Day day) {
    std::size_t started = 0;
    std::size_t ended = 0;
    std::uint32_t moment = starts_.front();
    while (ended < ends_.size()) {
      while (ended < ends_.size() && ends_[ended] == moment) ++ended;
      while (started < starts_.size() && starts_[started] == moment) ++started;
      if (ended == ends_.size()) break;
      const std::uint32_t next = started < starts_.size() ? std::min(starts_[started], ends_[ended]) : ends_[ended];
      hold(day, started - ended, moment, next);
      moment = next;
    }
  }

  void hold(Day day, std::size_t level, std::uint32_t from_ms, std::uint32_t to_ms) {
    if (level == 0) return;
    if (level >= length_ms_.size()) length_ms_.resize(level + 1);
    length_ms_[level] += to_ms - from_ms;
    const auto day_hour = static_cast<std::size_t>((TimePoint{day} - first_hour_) / hours{1});
    const std::size_t last = (to_ms - 1) / hour_ms;
    for (std::size_t hour = from_ms / hour_ms; hour <= last; ++hour) {
      // Before the first day's first hour the subtraction wraps, and adding the hour wraps back.
      std::uint64_t& most = hour_max_[day_hour + hour];
      most = std::max<std::uint64_t>(most, level);
    }
  }

  // The longest present, and all that are as long as the last of them: names decide between those.
  [[nodiscard]] std::vector<Metered::Resource> candidates(std::size_t count) const {
    std::vector<Metered::Resource> resources;
    if (count == 0) return resources;
    resources.reserve(presence_.size());
    for (const auto& [resource, present] : presence_) resources.push_back({resource, present.date, present.length});
    const auto last = resources.begin() + static_cast<std::ptrdiff_t>(count - 1);
    std::ranges::nth_element(resources, last, std::ranges::greater(), &Metered::Resource::presence);
    const milliseconds shortest = last->presence;
    std::erase_if(resources, [shortest](const Metered::Resource& each) { return each.presence < shortest; });
    return resources;
  }

  TimePoint first_hour_;
  std::vector<std::uint64_t> hour_max_;
  std::vector<std::int64_t> length_ms_;  // by how many were present
  boost::unordered_flat_map<ResourceNumber, Present> presence_;
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> ends_;
};

/// The peak: the largest n such that n or more resources were present at once for 30 minutes in all. In a family a
/// resource counts, at each moment, for the highest-ranked product that it uses then (domain.md, "Concurrent").
class ConcurrentMeter final : public Meter {
 public:
  ConcurrentMeter(std::size_t products, const Period& period) : sweeps_(products, LevelSweep(period)) {}

  void add_day(Day day, std::span<const std::span<const Presence>> products) override {
    std::vector<Presence> higher;
    for (std::size_t product = products.size(); product-- > 0;) {
      const std::span<const Presence> pieces = products[product];
      if (higher.empty()) {
        sweeps_[product].add_day(day, pieces);
      } else {
        sweeps_[product].add_day(day, presence_outside(pieces, higher));
      }
      if (product == 0 || pieces.empty()) continue;
      higher.insert(higher.end(), pieces.begin(), pieces.end());
      merge_presence(higher);
    }
  }

  Result<std::vector<std::optional<Metered>>, DecimalFault> finish() override {
    std::vector<std::optional<Metered>> metered(sweeps_.size());
    for (std::size_t product = 0; product < sweeps_.size(); ++product) {
      if (!sweeps_[product].is_empty()) metered[product] = sweeps_[product].metered();
    }
    return metered;
  }

 private:
  std::vector<LevelSweep> sweeps_;
};

}  // namespace

std::unique_ptr<Meter> make_concurrent_meter(Family family, const Period& period) {
  return std::make_unique<ConcurrentMeter>(family.size(), period);
}

}  // namespace tallystick::core
