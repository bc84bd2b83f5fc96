#include "load/usage_load.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tallystick::bench {
namespace {

constexpr std::uint64_t repeats_per_hundred = 2;
constexpr std::uint64_t late_per_hundred = 5;
constexpr std::int64_t late_max_ms = 90LL * 86'400'000;
constexpr std::int64_t jitter_max_ms = 600'000;
constexpr std::int64_t ms_per_event = 120;
constexpr std::int64_t mixed_span_ms = 28LL * 86'400'000;
// Below this position nothing repeats: there must be something to repeat.
constexpr std::uint64_t first_repeat = 1'000;
constexpr std::size_t share_slots = 1U << 16U;

std::uint32_t resources_of(std::uint16_t organization) {
  if (organization < 10) return 2'000;
  return organization < 100 ? 500 : 50;
}

}  // namespace

MixedLoad::MixedLoad() : organization_of_(share_slots) {
  std::array<double, organization_count> upto{};
  double sum = 0;
  for (std::size_t rank = 1; rank <= organization_count; ++rank) {
    sum += 1.0 / std::pow(static_cast<double>(rank), 0.8);
    upto[rank - 1] = sum;
  }
  for (std::size_t slot = 0; slot < share_slots; ++slot) {
    const double share = (static_cast<double>(slot) + 0.5) / static_cast<double>(share_slots) * sum;
    organization_of_[slot] =
        static_cast<std::uint16_t>(std::lower_bound(upto.begin(), upto.end(), share) - upto.begin());
  }
}

bool MixedLoad::is_repeat(std::uint64_t position) const {
  return position >= first_repeat && mix(position) % 100 < repeats_per_hundred;
}

LoadEvent MixedLoad::at(std::uint64_t position) const {
  if (!is_repeat(position)) return make(position);
  std::uint64_t repeated = mix(mix(position)) % position;
  while (is_repeat(repeated)) --repeated;
  return make(repeated);
}

LoadEvent MixedLoad::make(std::uint64_t position) const {
  const std::uint64_t random = mix(position);
  const std::uint64_t who = mix(random + 1);
  const std::uint64_t what = mix(random + 2);
  const std::uint64_t when = mix(random + 3);
  LoadEvent event;
  event.identity = position;
  event.organization = organization_of_[who % share_slots];
  event.product = static_cast<std::uint16_t>(what % product_count);
  event.resource = static_cast<std::uint32_t>((what >> 16U) % resources_of(event.organization));
  event.quantity_tenths = static_cast<std::uint32_t>(1 + (who >> 16U) % 1'000);
  const std::int64_t back = when % 100 < late_per_hundred ? late_max_ms : jitter_max_ms;
  const auto moment = static_cast<std::int64_t>(position) * ms_per_event % mixed_span_ms;
  event.time_ms = month_start_ms + moment - static_cast<std::int64_t>((when >> 8U) % static_cast<std::uint64_t>(back));
  return event;
}

ResourceLoad::ResourceLoad(std::uint16_t organization, std::uint32_t resources)
    : organization_(organization), resources_(resources) {}

LoadEvent ResourceLoad::at(std::uint64_t position) const {
  LoadEvent event;
  // Apart from those of the mixed load and of other organizations.
  event.identity = (std::uint64_t{organization_} << 40U) + position;
  const std::uint64_t random = mix(event.identity);
  const std::uint64_t day = position / resources_;
  const auto resource = static_cast<std::uint32_t>(position % resources_);
  event.organization = organization_;
  event.product = static_cast<std::uint16_t>(resource % product_count);
  event.resource = resource / product_count;
  event.quantity_tenths = static_cast<std::uint32_t>(1 + random % 1'000);
  event.time_ms = month_start_ms + static_cast<std::int64_t>(day % 28) * 86'400'000 +
                  static_cast<std::int64_t>((random >> 16U) % 86'400'000);
  return event;
}

bool ResourceLoad::is_repeat(std::uint64_t /*position*/) const {
  return false;
}

}  // namespace tallystick::bench
