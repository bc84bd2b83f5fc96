#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace tallystick::server {

/// How a text reads as a whole number of digits alone: no sign, no blanks, leading zeros allowed.
struct WholeNumber {
  bool is_one = false;                 ///< it is all digits, and not empty
  std::optional<std::uint64_t> value;  ///< absent: it does not fit 64 bits
};
[[nodiscard]] WholeNumber read_whole_number(std::string_view text);

}  // namespace tallystick::server
