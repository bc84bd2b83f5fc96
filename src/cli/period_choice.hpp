#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/core/result.hpp"

/// Which billing periods a command is about: 0 is the active one, 1 the last completed one, and so on back.
namespace tallystick::cli {

/// As many periods as one range may name.
inline constexpr std::uint64_t periods_max = 1'200;

/// `3` of `--period`. Failures are sentences that name the option and what would be right.
[[nodiscard]] Result<std::uint64_t, std::string> parse_period(std::string_view text);

/// `0..12` of `--periods`: all from the first to the last, which is not before it; `4` alone is `4..4`.
[[nodiscard]] Result<std::vector<std::uint64_t>, std::string> parse_periods(std::string_view text);

/// `0,1` of `--compare`: two different ones, in the order given.
[[nodiscard]] Result<std::vector<std::uint64_t>, std::string> parse_compared_periods(std::string_view text);

}  // namespace tallystick::cli
