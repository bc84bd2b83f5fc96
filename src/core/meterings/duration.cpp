#include <boost/unordered/unordered_flat_map.hpp>

#include "core/meterings/meterings.hpp"

namespace tallystick::core {
namespace {

constexpr std::int64_t ms_per_second = 1'000;

std::int64_t unit_ms(const Metering& metering) {
  switch (unit_of(metering)) {
    case MeteringUnit::hour:
      return 3'600 * ms_per_second;
    case MeteringUnit::minute:
      return 60 * ms_per_second;
    case MeteringUnit::second:
      return ms_per_second;
  }
  return ms_per_second;
}

/// The time that resources were present, each merged piece rounded up to the step (domain.md, "Durations").
class DurationMeter final : public Meter {
 public:
  explicit DurationMeter(const Metering& metering)
      : step_ms_(metering.step_seconds ? *metering.step_seconds * ms_per_second : 1), unit_ms_(unit_ms(metering)) {}

  void add_day(Day day, std::span<const std::span<const Presence>> products) override {
    const TimePoint midnight{day};
    for (const Presence& piece : products.front()) {
      const TimePoint start = midnight + milliseconds{piece.start_ms};
      const TimePoint end = midnight + milliseconds{piece.end_ms};
      const auto [entry, is_new] = open_.try_emplace(piece.resource, Open{start, {start, end}});
      if (is_new) continue;
      Period& last = entry->second.last;
      if (last.end == start) {  // goes on over midnight
        last.end = end;
      } else {
        close(last);
        last = {start, end};
      }
    }
  }

  Result<std::vector<std::optional<Metered>>, DecimalFault> finish() override {
    std::vector<std::optional<Metered>> metered(1);
    if (open_.empty()) return metered;
    Metered& product = metered.front().emplace();
    product.resources.reserve(open_.size());
    for (const auto& [resource, open] : open_) {
      close(open.last);
      product.resources.push_back({resource, open.first_seen});
    }
    product.total = in_units();
    return metered;
  }

 private:
  struct Open {
    TimePoint first_seen;
    Period last;  // the piece that the next day may go on with
  };

  void close(const Period& piece) {
    const std::int64_t steps = (piece.length().count() + step_ms_ - 1) / step_ms_;
    total_ms_ += int128{steps} * step_ms_;
  }

  // Rounded half up to 9 places. 10^9 pieces of 366 days are 29 digits of units: no sum that can be stored overflows.
  [[nodiscard]] Decimal in_units() const {
    const int128 units = total_ms_ * Decimal::one_units;
    return Decimal::from_units((2 * units + unit_ms_) / (2 * int128{unit_ms_}));
  }

  std::int64_t step_ms_;
  std::int64_t unit_ms_;
  int128 total_ms_ = 0;
  boost::unordered_flat_map<ResourceNumber, Open> open_;
};

}  // namespace

std::unique_ptr<Meter> make_duration_meter(Family family, const Period&) {
  return std::make_unique<DurationMeter>(family.front()->metering);
}

}  // namespace tallystick::core
