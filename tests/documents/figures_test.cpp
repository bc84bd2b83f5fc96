#include "documents/figures.hpp"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <algorithm>

#include "documents/sample_invoice.hpp"

namespace tallystick::documents {
namespace {

TEST(Figures, ShowEveryDigitWithThousandsApart) {
  struct Case {
    const char* number;
    int places;
    const char* shown;
  };
  for (const auto& [number, places, shown] :
       {Case{"0", 2, "0.00"}, Case{"0", 0, "0"}, Case{"999", 0, "999"}, Case{"1000", 0, "1,000"},
        Case{"1234567.25", 2, "1,234,567.25"}, Case{"1234567.25", 0, "1,234,567.25"}, Case{"0.005", 2, "0.005"},
        Case{"-1000.5", 2, "−1,000.50"}, Case{"-0.000000001", 2, "−0.000000001"},
        Case{"999999999999999999.999999999", 2, "999,999,999,999,999,999.999999999"}, Case{"12345", 3, "12,345.000"}}) {
    EXPECT_EQ(figure_text(decimal(number), places), shown) << number;
  }
}

RC_GTEST_PROP(Figures, LoseNothing, (std::int64_t units)) {
  const core::Decimal number = core::Decimal::from_units(units);
  std::string text = figure_text(number, 2);
  std::erase(text, ',');
  if (text.starts_with("−")) text.replace(0, std::string_view("−").size(), "-");
  RC_ASSERT(core::Decimal::parse(text).value() == number);
}

TEST(Figures, PeriodsAreAsShortAsTheyCanBe) {
  struct Case {
    const char* start;
    const char* end;
    const char* shown;
  };
  for (const auto& [start, end, shown] :
       {Case{"2026-01-01", "2026-01-31", "1–31 Jan 2026"}, Case{"2026-01-15", "2026-02-14", "15 Jan – 14 Feb 2026"},
        Case{"2025-12-15", "2026-01-14", "15 Dec 2025 – 14 Jan 2026"}, Case{"2026-05-31", "2026-05-31", "31 May 2026"},
        Case{"2025-01-01", "2026-01-31", "1 Jan 2025 – 31 Jan 2026"}}) {
    EXPECT_EQ(period_text(day(start), day(end)), shown);
  }
}

TEST(Figures, AmountsHaveTheCurrencysDigits) {
  EXPECT_EQ(amount_places("EUR"), 2);
  EXPECT_EQ(amount_places("JPY"), 0);
  EXPECT_EQ(amount_places("BHD"), 3);
  EXPECT_EQ(amount_places("???"), 2);
}

}  // namespace
}  // namespace tallystick::documents
