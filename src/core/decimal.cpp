#include "tallystick/core/decimal.hpp"

#include <algorithm>
#include <array>
#include <boost/multiprecision/cpp_int.hpp>

namespace tallystick::core {
namespace {

constexpr std::size_t integer_digits_max = 18;
constexpr std::array<std::int64_t, Decimal::places + 1> powers_of_ten{
    1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};

constexpr int128 int128_max = static_cast<int128>((uint128{1} << 127U) - 1U);

// Products and scaled dividends need up to 256 bits before they are shortened.
using Wide = boost::multiprecision::int256_t;

template <class Integer>
Integer divide(const Integer& dividend, const Integer& divisor, Rounding rounding) {
  Integer quotient = dividend / divisor;
  const Integer rest = dividend % divisor;
  if (rounding == Rounding::down || rest == 0) return quotient;
  const Integer twice = (rest < 0 ? Integer(-rest) : rest) * 2;
  const Integer whole = divisor < 0 ? Integer(-divisor) : divisor;
  const bool is_tie = twice == whole;
  const bool away = twice > whole || (is_tie && (rounding == Rounding::half_up || quotient % 2 != 0));
  if (away) quotient += (dividend < 0) != (divisor < 0) ? -1 : 1;
  return quotient;
}

Result<Decimal, DecimalFault> narrow(const Wide& units) {
  const Wide limit(int128_max);
  if (units > limit || units < -limit) return fail(DecimalFault::overflow);
  return Decimal::from_units(static_cast<int128>(units));
}

}  // namespace

std::string_view to_string(DecimalFault fault) {
  switch (fault) {
    case DecimalFault::not_a_decimal:
      return "must be a plain decimal number, such as \"1.5\"";
    case DecimalFault::too_many_digits:
      return "has more than 18 digits before or 9 after the point";
    case DecimalFault::overflow:
      return "is too large to be added up exactly";
    case DecimalFault::division_by_zero:
      return "divides by zero";
  }
  return "is not a decimal";
}

Result<Decimal, DecimalFault> Decimal::parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view integer = text.substr(0, point);
  const std::string_view fraction = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  const auto is_digits = [](std::string_view part) {
    return std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (integer.empty() || (point != std::string_view::npos && fraction.empty()))
    return fail(DecimalFault::not_a_decimal);
  if (!is_digits(integer) || !is_digits(fraction)) return fail(DecimalFault::not_a_decimal);
  // Leading zeros of the integer and trailing ones of the fraction say nothing: 007.50 is 7.5.
  const std::size_t first = std::min(integer.find_first_not_of('0'), integer.size());
  const std::size_t last = fraction.find_last_not_of('0');
  const std::size_t fraction_digits = last == std::string_view::npos ? 0 : last + 1;
  if (integer.size() - first > integer_digits_max || fraction_digits > places)
    return fail(DecimalFault::too_many_digits);

  // 18 digits fit 64 bits.
  std::int64_t whole = 0;
  for (const char c : integer.substr(first)) whole = whole * 10 + (c - '0');
  std::int64_t parts = 0;
  for (const char c : fraction.substr(0, fraction_digits)) parts = parts * 10 + (c - '0');
  const std::int64_t below_one = parts * powers_of_ten[places - fraction_digits];
  const int128 units = int128{whole} * one_units + below_one;
  return from_units(negative ? -units : units);
}

std::string Decimal::to_string() const {
  return to_string_with_places(0);
}

std::string Decimal::to_string_with_places(int digits) const {
  // The widest: sign, 39 digits, point.
  std::array<char, 48> buffer{};
  std::size_t at = buffer.size();
  // Negating the smallest value would overflow; its magnitude fits the unsigned type.
  auto magnitude = static_cast<uint128>(units_);
  if (units_ < 0) magnitude = ~magnitude + 1;
  int place = 0;
  bool significant = false;
  while (magnitude != 0 || place <= places) {
    const auto digit = static_cast<char>('0' + static_cast<int>(magnitude % 10));
    magnitude /= 10;
    if (place == places && significant) buffer[--at] = '.';
    significant = significant || digit != '0' || place >= places || places - place <= digits;
    if (significant) buffer[--at] = digit;
    ++place;
  }
  if (units_ < 0) buffer[--at] = '-';
  return {buffer.data() + at, buffer.size() - at};
}

Result<Decimal, DecimalFault> Decimal::plus(Decimal other) const {
  int128 units = 0;
  if (__builtin_add_overflow(units_, other.units_, &units)) return fail(DecimalFault::overflow);
  return from_units(units);
}

Result<Decimal, DecimalFault> Decimal::minus(Decimal other) const {
  int128 units = 0;
  if (__builtin_sub_overflow(units_, other.units_, &units)) return fail(DecimalFault::overflow);
  return from_units(units);
}

Result<Decimal, DecimalFault> Decimal::times(Decimal other, Rounding rounding) const {
  return narrow(divide(Wide(Wide(units_) * Wide(other.units_)), Wide(one_units), rounding));
}

Result<Decimal, DecimalFault> Decimal::divided_by(Decimal other, Rounding rounding) const {
  if (other.is_zero()) return fail(DecimalFault::division_by_zero);
  return narrow(divide(Wide(Wide(units_) * one_units), Wide(other.units_), rounding));
}

Result<Decimal, DecimalFault> Decimal::rounded(int digits, Rounding rounding) const {
  const int128 step = powers_of_ten[static_cast<std::size_t>(places - digits)];
  int128 units = 0;
  if (__builtin_mul_overflow(divide(units_, step, rounding), step, &units)) return fail(DecimalFault::overflow);
  return from_units(units);
}

}  // namespace tallystick::core
