#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "contenders/contender.hpp"

namespace tallystick::bench {

/// An event as the peers take it: with its names as small integers, which ours has to look up, and with the hash by
/// which repeats are found, which ours has to make.
struct KeyedEvent {
  LoadEvent event;
  std::uint64_t key_high = 0;  ///< of (source, id)
  std::uint64_t key_low = 0;
  std::string source;
  std::string id;
};

[[nodiscard]] std::vector<KeyedEvent> keyed(std::span<const LoadEvent> events);

/// A group that needs no other form.
class KeyedGroup final : public PreparedGroup {
 public:
  explicit KeyedGroup(std::span<const LoadEvent> made_of) : events(keyed(made_of)) {}
  std::vector<KeyedEvent> events;
};

/// What events of one resource on one day amount to.
struct DayRollup {
  std::int64_t first_ms = 0;
  std::int64_t last_ms = 0;
  std::int64_t sum_units = 0;
  std::int64_t max_units = 0;
  std::int64_t last_units = 0;
  std::int64_t count = 0;

  void add(const LoadEvent& event);
  void add(const DayRollup& other);
};

}  // namespace tallystick::bench
