#include "demo/usage_history.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include "demo/calendar.hpp"
#include "tallystick/core/uuid.hpp"

namespace tallystick::demo {
namespace {

// Whole weeks, so that weekends stay weekends.
constexpr std::chrono::days stretch{28};

// The customer grew: of what happens in the month so much happened in a stretch before it.
constexpr std::size_t growth_percent = 3;
constexpr std::int64_t archives_percent = 82;

bool happened(std::size_t event, std::size_t stretch_number) {
  return event % 100 < 100 - growth_percent * stretch_number;
}

// To whole thousandths, as archives are measured.
core::Decimal smaller(core::Decimal size, std::size_t stretch_number) {
  constexpr core::int128 thousandth = core::Decimal::one_units / 1'000;
  const auto percent = archives_percent - static_cast<std::int64_t>(stretch_number);
  return core::Decimal::from_units(size.units() / thousandth * percent / 100 * thousandth);
}

// Ids of another stretch, so that nothing is a repeat of another's.
std::string id_in(const std::string& id, std::size_t number) {
  const auto known = core::Uuid::parse(id);
  return core::Uuid::from_name(known.value_or(core::Uuid()), "stretch " + std::to_string(number)).to_string();
}

}  // namespace

std::vector<Delivery> history_of(const Customer& customer, std::uint64_t seed, std::size_t stretches,
                                 std::size_t count) {
  const core::Period pattern{demo_month().start, demo_month().start + stretch};
  const std::vector<Delivery> month = usage_of(customer, seed, count);
  std::vector<Delivery> history;
  for (std::size_t number = stretches; number > 0; --number) {
    const auto back = stretch * static_cast<int>(number);
    for (std::size_t i = 0; i < month.size(); ++i) {
      if (!happened(i, number)) continue;
      const Delivery& delivery = month[i];
      // Corrections stay away with what they correct: most of it has been billed by then.
      const auto* usage = std::get_if<core::UsageEvent>(&delivery.event);
      if (usage == nullptr || !pattern.contains(usage->time) || usage->until > pattern.end) continue;
      core::UsageEvent earlier = *usage;
      earlier.id = id_in(usage->id, number);
      earlier.time -= back;
      if (earlier.product == "recording-storage") earlier.quantity = smaller(earlier.quantity, number);
      if (earlier.until) *earlier.until -= back;
      history.push_back({delivery.arrives - back, std::move(earlier)});
    }
  }
  std::ranges::stable_sort(history, {}, &Delivery::arrives);
  return history;
}

}  // namespace tallystick::demo
