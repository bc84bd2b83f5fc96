#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tallystick::client {

/// Whether two texts differ in the case of ASCII letters alone.
[[nodiscard]] bool equals_without_case(std::string_view one, std::string_view other);

/// The name that was probably meant: the one with the fewest insertions, deletions, replacements and swaps of
/// neighbouring letters, without regard to case. Absent where none is near: more than a third of the letters differ.
[[nodiscard]] std::optional<std::string> nearest_spelling(std::string_view written, std::span<const std::string> names);

/// `, did you mean "report"?`, or nothing where no name is near.
[[nodiscard]] std::string did_you_mean(std::string_view written, std::span<const std::string> names);

}  // namespace tallystick::client
