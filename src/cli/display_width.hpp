#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace tallystick::cli {

/// The text as it may be shown on a terminal: control characters (escape sequences would change the terminal),
/// characters that reverse the direction of what follows, and bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string printable(std::string_view text);

/// How many cells of a terminal a printable text takes: combining and zero-width characters none, East Asian wide and
/// emoji two, all others one.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The text where it fits `width` cells, else its beginning with `…` as the last cell. `width` at least 1.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t width);

}  // namespace tallystick::cli
