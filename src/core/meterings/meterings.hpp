#pragma once
#include <memory>
#include <span>

#include "tallystick/core/catalog.hpp"
#include "tallystick/core/metering.hpp"
#include "tallystick/core/period.hpp"

/// Makes a meter of each kind; src/core/metering.cpp registers them.
namespace tallystick::core {

using Family = std::span<const Product* const>;

[[nodiscard]] std::unique_ptr<Meter> make_unique_meter(Family family, const Period& period);
[[nodiscard]] std::unique_ptr<Meter> make_sum_meter(Family family, const Period& period);
[[nodiscard]] std::unique_ptr<Meter> make_max_meter(Family family, const Period& period);
[[nodiscard]] std::unique_ptr<Meter> make_latest_meter(Family family, const Period& period);
[[nodiscard]] std::unique_ptr<Meter> make_duration_meter(Family family, const Period& period);
[[nodiscard]] std::unique_ptr<Meter> make_concurrent_meter(Family family, const Period& period);

}  // namespace tallystick::core
