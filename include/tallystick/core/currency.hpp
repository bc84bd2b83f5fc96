#pragma once
#include <optional>
#include <string_view>

#pragma GCC visibility push(default)
namespace tallystick::core {

/// How many digits after the point the currency's amounts have by ISO 4217: JPY 0, USD 2, BHD 3, CLF 4.
/// Absent: no currency in use has this code (three capital letters). Funds, metals and test codes are none.
[[nodiscard]] std::optional<int> minor_digits(std::string_view currency_code);

}  // namespace tallystick::core
#pragma GCC visibility pop
