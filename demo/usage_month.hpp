#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "demo/customer.hpp"
#include "tallystick/core/event.hpp"

namespace tallystick::demo {

/// An event, and when the system that measured it sends it: an interval once it is over. Late ones arrive days after
/// they happened.
struct Delivery {
  core::TimePoint arrives;
  core::Event event;
};

/// Exactly `count` events of one customer's month in the order in which they arrive: people in their working hours,
/// fewer at weekends, machines around the clock; some licences change, about one event in 200 comes twice, one in 600
/// is voided, one in 100 is late, and some of those belong to February or cross the bounds of the month. The same seed
/// gives the same events on every machine.
[[nodiscard]] std::vector<Delivery> usage_of(const Customer& customer, std::uint64_t seed, std::size_t count);

}  // namespace tallystick::demo
