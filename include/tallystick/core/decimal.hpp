#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "tallystick/core/result.hpp"

#pragma GCC visibility push(default)
namespace tallystick::core {

// An extension by name only; both compilers that we support have it.
__extension__ using int128 = __int128;
__extension__ using uint128 = unsigned __int128;

/// How a result that does not fit its places is shortened. There is no default: each call names one.
enum class Rounding {
  half_up,    ///< to the nearest, a tie away from zero (what invoices do)
  half_even,  ///< to the nearest, a tie to the even neighbour
  down,       ///< towards zero
};

enum class DecimalFault {
  not_a_decimal,     ///< not `[-]digits[.digits]`
  too_many_digits,   ///< more than 18 digits before or 9 after the point
  overflow,          ///< the exact result does not fit 128 bits
  division_by_zero,  ///< a quotient without a value
};

/// English words for a fault, for messages.
[[nodiscard]] std::string_view to_string(DecimalFault fault);

/// An exact decimal number: a 128-bit count of 10^-9. Nothing here is ever a binary fraction; what does not fit is a
/// fault, never a wrap. Parsed values have at most 18 digits before and 9 after the point (domain.md, "Usage events");
/// sums may grow to 29 digits before the point.
class Decimal {
 public:
  static constexpr int places = 9;
  static constexpr std::int64_t one_units = 1'000'000'000;

  constexpr Decimal() = default;

  /// The number `units` × 10^-9.
  [[nodiscard]] static constexpr Decimal from_units(int128 units) {
    Decimal d;
    d.units_ = units;
    return d;
  }
  [[nodiscard]] static constexpr Decimal from_integer(std::int64_t value) {
    return from_units(int128{value} * one_units);
  }

  /// Reads `[-]digits[.digits]`: no exponent, no plus sign, no blanks, a digit on each side of a point.
  [[nodiscard]] static Result<Decimal, DecimalFault> parse(std::string_view text);

  [[nodiscard]] constexpr int128 units() const { return units_; }
  [[nodiscard]] constexpr bool is_negative() const { return units_ < 0; }
  [[nodiscard]] constexpr bool is_zero() const { return units_ == 0; }

  /// Plain notation: no exponent, no trailing zeros after the point, "0" for zero.
  [[nodiscard]] std::string to_string() const;
  /// Plain notation with at least `digits` (0 to 9) after the point, as prices are written.
  [[nodiscard]] std::string to_string_with_places(int digits) const;

  [[nodiscard]] Result<Decimal, DecimalFault> plus(Decimal other) const;
  [[nodiscard]] Result<Decimal, DecimalFault> minus(Decimal other) const;
  [[nodiscard]] Result<Decimal, DecimalFault> times(Decimal other, Rounding rounding) const;
  [[nodiscard]] Result<Decimal, DecimalFault> divided_by(Decimal other, Rounding rounding) const;
  /// Shortened to `digits` (0 to 9) after the point.
  [[nodiscard]] Result<Decimal, DecimalFault> rounded(int digits, Rounding rounding) const;

  friend constexpr auto operator<=>(Decimal, Decimal) = default;

 private:
  int128 units_ = 0;
};

}  // namespace tallystick::core
#pragma GCC visibility pop
