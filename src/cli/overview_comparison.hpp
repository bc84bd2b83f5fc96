#pragma once
#include <string>
#include <vector>

#include "cli/output.hpp"
#include "cli/overview_questions.hpp"

namespace tallystick::cli {

/// What two numbers differ by.
struct Difference {
  std::string absolute;  ///< `+12.5`, `-3`, `0`; `-` where one of them is no plain decimal
  std::string percent;   ///< of the second, half up to one place: `+4.2%`; `-` where that is 0
};
/// The first minus the second, written with at least `digits` after the point.
[[nodiscard]] Difference difference_of(const std::string& first, const std::string& second, int digits);

/// Usage and estimated amount of two periods side by side, a table for each organization whose two overviews are
/// there: `answers` as ask_overviews gives them for two indexes. Lines as in the first period, then those of the second
/// alone; a line that a period lacks counts as 0 there.
[[nodiscard]] Result<std::string, Failure> comparison_text(const std::vector<OverviewAnswer>& answers,
                                                           const Output& output);

}  // namespace tallystick::cli
