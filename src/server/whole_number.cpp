#include "server/whole_number.hpp"

#include <algorithm>
#include <charconv>

namespace tallystick::server {

WholeNumber read_whole_number(std::string_view text) {
  WholeNumber number;
  number.is_one = !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!number.is_one) return number;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc()) number.value = value;
  return number;
}

}  // namespace tallystick::server
