#include "tallystick/core/decimal.hpp"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>

namespace tallystick::core {
namespace {

using boost::multiprecision::cpp_int;

Decimal decimal(std::string_view text) {
  const auto read = Decimal::parse(text);
  EXPECT_TRUE(read.has_value()) << text;
  return read.value_or(Decimal());
}

constexpr int128 int128_max = static_cast<int128>((uint128{1} << 127U) - 1U);

// Any quantity that parse takes: up to 18 digits before the point, 9 after it.
rc::Gen<Decimal> parsed_decimals() {
  return rc::gen::map(rc::gen::pair(rc::gen::inRange<std::int64_t>(-999'999'999'999'999'999, 1'000'000'000'000'000'000),
                                    rc::gen::inRange<std::int64_t>(0, Decimal::one_units)),
                      [](const std::pair<std::int64_t, std::int64_t>& parts) {
                        const int128 fraction = parts.first < 0 ? -parts.second : parts.second;
                        return Decimal::from_units(int128{parts.first} * Decimal::one_units + fraction);
                      });
}

cpp_int wide(Decimal d) {
  return cpp_int(d.units());
}

TEST(DecimalParse, ReadsPlainNotation) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"0", "0"},
      {"-0", "0"},
      {"1", "1"},
      {"1.0", "1"},
      {"007.50", "7.5"},
      {"0.000000001", "0.000000001"},
      {"-0.5", "-0.5"},
      {"999999999999999999.999999999", "999999999999999999.999999999"},
      {"-999999999999999999.999999999", "-999999999999999999.999999999"},
      {"0000000000000000000000001", "1"},
      {"1.50000000000000000000", "1.5"},
  };
  for (const auto& [text, written] : rows) EXPECT_EQ(decimal(text).to_string(), written) << text;
}

TEST(DecimalParse, RefusesEverythingElse) {
  const std::pair<std::string_view, DecimalFault> rows[] = {
      {"", DecimalFault::not_a_decimal},
      {"-", DecimalFault::not_a_decimal},
      {"+1", DecimalFault::not_a_decimal},
      {"--1", DecimalFault::not_a_decimal},
      {".5", DecimalFault::not_a_decimal},
      {"5.", DecimalFault::not_a_decimal},
      {"1e3", DecimalFault::not_a_decimal},
      {"1E3", DecimalFault::not_a_decimal},
      {" 1", DecimalFault::not_a_decimal},
      {"1 ", DecimalFault::not_a_decimal},
      {"1,5", DecimalFault::not_a_decimal},
      {"1.2.3", DecimalFault::not_a_decimal},
      {"0x10", DecimalFault::not_a_decimal},
      {"NaN", DecimalFault::not_a_decimal},
      {"\xD9\xA1", DecimalFault::not_a_decimal},
      {"1000000000000000000", DecimalFault::too_many_digits},
      {"0.0000000001", DecimalFault::too_many_digits},
  };
  for (const auto& [text, fault] : rows) {
    const auto read = Decimal::parse(text);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error(), fault) << text;
  }
}

TEST(DecimalText, PricesKeepTheirMinorDigits) {
  EXPECT_EQ(decimal("140").to_string_with_places(2), "140.00");
  EXPECT_EQ(decimal("0.25").to_string_with_places(2), "0.25");
  EXPECT_EQ(decimal("0.0002").to_string_with_places(2), "0.0002");
  EXPECT_EQ(decimal("-3.5").to_string_with_places(3), "-3.500");
  EXPECT_EQ(decimal("5").to_string_with_places(0), "5");
  EXPECT_EQ(decimal("0").to_string_with_places(9), "0.000000000");
}

TEST(DecimalText, WidestValuesAreWritten) {
  EXPECT_EQ(Decimal::from_units(int128_max).to_string(), "170141183460469231731687303715.884105727");
  EXPECT_EQ(Decimal::from_units(-int128_max - 1).to_string(), "-170141183460469231731687303715.884105728");
}

TEST(DecimalRounded, NamesItsMode) {
  struct Row {
    std::string_view value;
    int digits;
    std::string_view half_up;
    std::string_view half_even;
    std::string_view down;
  };
  const Row rows[] = {
      {"2.5", 0, "3", "2", "2"},
      {"3.5", 0, "4", "4", "3"},
      {"-2.5", 0, "-3", "-2", "-2"},
      {"2.675", 2, "2.68", "2.68", "2.67"},
      {"2.665", 2, "2.67", "2.66", "2.66"},
      {"2.6649", 2, "2.66", "2.66", "2.66"},
      {"-0.005", 2, "-0.01", "0", "0"},
      {"1.23", 9, "1.23", "1.23", "1.23"},
      {"9.99", 1, "10", "10", "9.9"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(decimal(row.value).rounded(row.digits, Rounding::half_up)->to_string(), row.half_up) << row.value;
    EXPECT_EQ(decimal(row.value).rounded(row.digits, Rounding::half_even)->to_string(), row.half_even) << row.value;
    EXPECT_EQ(decimal(row.value).rounded(row.digits, Rounding::down)->to_string(), row.down) << row.value;
  }
}

TEST(DecimalArithmetic, OverflowIsAFault) {
  const Decimal largest = Decimal::from_units(int128_max);
  const Decimal smallest = Decimal::from_units(-int128_max - 1);
  const Decimal unit = Decimal::from_units(1);
  EXPECT_EQ(largest.plus(unit).error(), DecimalFault::overflow);
  EXPECT_EQ(smallest.minus(unit).error(), DecimalFault::overflow);
  EXPECT_EQ(largest.times(Decimal::from_integer(2), Rounding::down).error(), DecimalFault::overflow);
  EXPECT_EQ(largest.divided_by(decimal("0.5"), Rounding::down).error(), DecimalFault::overflow);
  EXPECT_EQ(largest.rounded(0, Rounding::half_up).error(), DecimalFault::overflow);
  EXPECT_EQ(smallest.rounded(0, Rounding::half_up).error(), DecimalFault::overflow);
  EXPECT_TRUE(largest.rounded(0, Rounding::down).has_value());
  EXPECT_EQ(unit.divided_by(Decimal(), Rounding::down).error(), DecimalFault::division_by_zero);
}

TEST(DecimalArithmetic, WorkedExamples) {
  EXPECT_EQ(decimal("58").times(decimal("160.00"), Rounding::half_up)->to_string(), "9280");
  EXPECT_EQ(decimal("1").divided_by(decimal("3"), Rounding::half_up)->to_string(), "0.333333333");
  EXPECT_EQ(decimal("2").divided_by(decimal("3"), Rounding::half_up)->to_string(), "0.666666667");
  EXPECT_EQ(decimal("4250").divided_by(decimal("17"), Rounding::half_up)->to_string(), "250");
}

RC_GTEST_PROP(DecimalProperty, TextRoundTrips, ()) {
  const Decimal value = *parsed_decimals();
  const auto read = Decimal::parse(value.to_string());
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == value);
}

RC_GTEST_PROP(DecimalProperty, TextIsCanonical, ()) {
  const std::string text = (*parsed_decimals()).to_string();
  RC_ASSERT(text.find_first_of("eE+ ") == std::string::npos);
  if (text.find('.') != std::string::npos) RC_ASSERT(text.back() != '0' && text.back() != '.');
  RC_ASSERT(text != "-0");
}

RC_GTEST_PROP(DecimalProperty, AddsLikeIntegersOfAnySize, (std::int64_t a, std::int64_t b, std::int64_t scale)) {
  const Decimal left = Decimal::from_units(int128{a} * scale);
  const Decimal right = Decimal::from_units(int128{b} * scale);
  const cpp_int sum = wide(left) + wide(right);
  const auto added = left.plus(right);
  RC_ASSERT(added.has_value() == (sum <= cpp_int(int128_max) && sum >= -cpp_int(int128_max) - 1));
  if (added) RC_ASSERT(wide(*added) == sum);
}

// |exact - rounded| <= 1/2 of the last place, and a tie goes away from zero: checked on integers of any size.
RC_GTEST_PROP(DecimalProperty, QuotientIsNearestHalfUp, ()) {
  const Decimal dividend = *parsed_decimals();
  const Decimal divisor = *rc::gen::suchThat(parsed_decimals(), [](Decimal d) { return !d.is_zero(); });
  const auto quotient = dividend.divided_by(divisor, Rounding::half_up);
  if (!quotient) return;
  const cpp_int n = wide(dividend) * Decimal::one_units;
  const cpp_int d = wide(divisor);
  const cpp_int error = n - wide(*quotient) * d;
  RC_ASSERT(2 * abs(error) <= abs(d));
  if (2 * abs(error) == abs(d)) RC_ASSERT(abs(wide(*quotient) * d) > abs(n));
}

RC_GTEST_PROP(DecimalProperty, ProductDownNeverExceeds, ()) {
  const Decimal left = *parsed_decimals();
  const Decimal right = *parsed_decimals();
  const auto product = left.times(right, Rounding::down);
  const cpp_int exact = wide(left) * wide(right);
  if (!product) {
    RC_ASSERT(abs(exact) / Decimal::one_units > cpp_int(int128_max));
    return;
  }
  RC_ASSERT(wide(*product) == exact / Decimal::one_units);
}

RC_GTEST_PROP(DecimalProperty, OrderIsThatOfNumbers, ()) {
  const Decimal left = *parsed_decimals();
  const Decimal right = *parsed_decimals();
  RC_ASSERT((left < right) == (wide(left) < wide(right)));
  RC_ASSERT((left == right) == (wide(left) == wide(right)));
}

}  // namespace
}  // namespace tallystick::core
