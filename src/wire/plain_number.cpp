#include "wire/plain_number.hpp"

#include <algorithm>
#include <charconv>

namespace tallystick::wire {
namespace {

// Absent where it is too large to be used.
std::optional<int> parse_exponent(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int exponent = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (ec != std::errc() || exponent > plain_exponent_max || exponent < -plain_exponent_max) return std::nullopt;
  return exponent;
}

}  // namespace

std::optional<std::string> plain_number(std::string_view number) {
  const bool is_negative = number.starts_with('-');
  if (is_negative) number.remove_prefix(1);
  const std::size_t mark = number.find_first_of("eE");
  const std::string_view mantissa = number.substr(0, mark);
  const std::size_t point = mantissa.find('.');

  // The digits without the point, and how many of them stand before it.
  std::string digits(mantissa.substr(0, point));
  auto before_point = static_cast<std::ptrdiff_t>(digits.size());
  if (point != std::string_view::npos) digits += mantissa.substr(point + 1);
  const std::size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) return "0";
  digits.erase(digits.find_last_not_of('0') + 1);
  digits.erase(0, first);
  before_point -= static_cast<std::ptrdiff_t>(first);
  if (mark != std::string_view::npos) {
    const auto exponent = parse_exponent(number.substr(mark + 1));
    if (!exponent) return std::nullopt;
    before_point += *exponent;
  }

  const auto digits_size = static_cast<std::ptrdiff_t>(digits.size());
  if (before_point <= 0) {
    digits.insert(0, "0." + std::string(static_cast<std::size_t>(-before_point), '0'));
  } else if (before_point < digits_size) {
    digits.insert(static_cast<std::size_t>(before_point), 1, '.');
  } else {
    digits.append(static_cast<std::size_t>(before_point - digits_size), '0');
  }
  return is_negative ? "-" + digits : digits;
}

}  // namespace tallystick::wire
