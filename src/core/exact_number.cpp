#include "core/exact_number.hpp"

namespace tallystick::core {
namespace {

using boost::multiprecision::cpp_int;

cpp_int power_of_ten(int exponent) {
  return boost::multiprecision::pow(cpp_int(10), static_cast<unsigned>(exponent));
}

}  // namespace

Exact exact(Decimal decimal) {
  return Exact(cpp_int(decimal.units()), cpp_int(Decimal::one_units));
}

std::optional<Decimal> rounded_half_up(const Exact& number, int digits) {
  const cpp_int dividend = abs(numerator(number)) * power_of_ten(digits) * 2;
  const cpp_int divisor = denominator(number);
  // floor(2x + 1) / 2 is x to the nearest integer, a tie up.
  const cpp_int magnitude = (dividend + divisor) / (divisor * 2) * power_of_ten(Decimal::places - digits);
  const cpp_int limit = (cpp_int(1) << 127U) - 1;
  if (magnitude > limit) return std::nullopt;
  const auto units = static_cast<int128>(magnitude);
  return Decimal::from_units(number < 0 ? -units : units);
}

}  // namespace tallystick::core
