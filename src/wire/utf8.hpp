#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace tallystick::wire {

/// How many bytes (1 to 4) the character at the front of `text` has; 0 where the bytes there are no UTF-8 (RFC 3629:
/// no overlong forms, no surrogates, nothing above U+10FFFF) or `text` is empty.
[[nodiscard]] std::size_t utf8_character_bytes(std::string_view text);

/// Where the first byte lies that is no UTF-8; absent where all of it is.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view text);

}  // namespace tallystick::wire
