#include "contenders/keyed_event.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>

#include "load/event_text.hpp"

namespace tallystick::bench {

std::vector<KeyedEvent> keyed(std::span<const LoadEvent> events) {
  std::vector<KeyedEvent> made;
  made.reserve(events.size());
  std::string pair;
  for (const LoadEvent& event : events) {
    KeyedEvent& one = made.emplace_back(KeyedEvent{event, 0, 0, source_text(event), id_text(event)});
    pair.assign(one.source).append(1, '\0').append(one.id);
    const XXH128_hash_t hash = XXH3_128bits(pair.data(), pair.size());
    one.key_high = hash.high64;
    one.key_low = hash.low64;
  }
  return made;
}

void DayRollup::add(const LoadEvent& event) {
  const std::int64_t units = quantity_units(event);
  add(DayRollup{event.time_ms, event.time_ms, units, units, units, 1});
}

void DayRollup::add(const DayRollup& other) {
  if (count == 0) {
    *this = other;
    return;
  }
  first_ms = std::min(first_ms, other.first_ms);
  if (other.last_ms >= last_ms) {
    last_ms = other.last_ms;
    last_units = other.last_units;
  }
  sum_units += other.sum_units;
  max_units = std::max(max_units, other.max_units);
  count += other.count;
}

}  // namespace tallystick::bench
