#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "demo/customer.hpp"
#include "demo/usage_month.hpp"

namespace tallystick::demo {

/// A customer's usage before the month of the demo: `stretches` times the same four weeks, each `count` events at most,
/// the first ending where the month begins. The same people and devices as in the month; nothing reaches into it, so
/// that it can be loaded and billed before. In the order in which it arrives.
[[nodiscard]] std::vector<Delivery> history_of(const Customer& customer, std::uint64_t seed, std::size_t stretches,
                                               std::size_t count);

}  // namespace tallystick::demo
