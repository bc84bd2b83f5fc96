#include "tallystick/core/currency.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tallystick::core {
namespace {

TEST(MinorDigits, AreThoseOfIso4217) {
  const std::pair<std::string_view, int> rows[] = {{"JPY", 0}, {"KRW", 0}, {"XPF", 0}, {"USD", 2},
                                                   {"EUR", 2}, {"CHF", 2}, {"ZWG", 2}, {"AED", 2},
                                                   {"BHD", 3}, {"TND", 3}, {"CLF", 4}, {"UYW", 4}};
  for (const auto& [code, digits] : rows) EXPECT_EQ(minor_digits(code), digits) << code;
}

TEST(MinorDigits, AreAbsentWithoutACurrency) {
  for (const std::string_view code : {"", "US", "USDD", "usd", "XYZ", "XXX", "XTS", "XAU", "DEM", "SDE"}) {
    EXPECT_FALSE(minor_digits(code)) << code;
  }
}

}  // namespace
}  // namespace tallystick::core
