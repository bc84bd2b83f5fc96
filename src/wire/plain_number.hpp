#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace tallystick::wire {

/// How far an exponent may move the point; what keeps `1e999999999` from filling memory.
inline constexpr int plain_exponent_max = 1'000;

/// A number of JSON, in its grammar, without exponent and without zeros that say nothing: 1.50 is 1.5, 1e2 is 100, -0
/// is 0. Exact: no digit is lost. Absent where the exponent is beyond plain_exponent_max, unless the number is 0.
[[nodiscard]] std::optional<std::string> plain_number(std::string_view number);

}  // namespace tallystick::wire
