#pragma once
#include <string>
#include <string_view>

#include "tallystick/core/result.hpp"

#pragma GCC visibility push(default)
namespace tallystick::wire {

/// The one spelling of a JSON text whose digest is kept: compact, members of objects by name in byte order, strings
/// with the fewest escapes, numbers as decimals in plain notation without trailing zeros. The failure says why the text
/// is not JSON.
[[nodiscard]] Result<std::string, std::string> canonical_json(std::string_view text);

}  // namespace tallystick::wire
#pragma GCC visibility pop
