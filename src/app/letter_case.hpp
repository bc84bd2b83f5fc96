#pragma once
#include <string>
#include <string_view>

namespace tallystick::app {

/// A text by which spellings that differ in the case of ASCII letters alone are one.
[[nodiscard]] std::string without_case(std::string_view text);

}  // namespace tallystick::app
