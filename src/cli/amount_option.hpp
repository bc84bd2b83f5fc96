#pragma once
#include <string>
#include <string_view>

#include "cli/failure.hpp"
#include "tallystick/core/decimal.hpp"

namespace tallystick::cli {

/// The amount above 0 that the argument called so names: plain digits, with a point before the minor ones. Failure:
/// bad_input.
[[nodiscard]] Result<core::Decimal, Failure> parse_amount(std::string_view argument, const std::string& text);

}  // namespace tallystick::cli
