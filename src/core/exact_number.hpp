#pragma once
#include <boost/multiprecision/cpp_int.hpp>
#include <optional>

#include "tallystick/core/decimal.hpp"

namespace tallystick::core {

/// Any rational number, without a limit of digits: quantity × price × days / days fits no fixed width.
using Exact = boost::multiprecision::cpp_rational;

[[nodiscard]] Exact exact(Decimal decimal);

/// Rounded half up (a tie away from zero) to `digits` (0 to 9) after the point. Absent: it does not fit a Decimal.
[[nodiscard]] std::optional<Decimal> rounded_half_up(const Exact& number, int digits);

}  // namespace tallystick::core
