#include "documents/figures.hpp"

#include <array>

#include "tallystick/core/currency.hpp"

namespace tallystick::documents {
namespace {

constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string day_number(std::chrono::year_month_day date) {
  return std::to_string(static_cast<unsigned>(date.day()));
}

std::string month_name(std::chrono::year_month_day date) {
  return std::string(months.at(static_cast<unsigned>(date.month()) - 1));
}

std::string year_number(std::chrono::year_month_day date) {
  return std::to_string(static_cast<int>(date.year()));
}

}  // namespace

std::string figure_text(core::Decimal number, int places) {
  const std::string plain = number.to_string_with_places(places);
  const std::string_view digits = std::string_view(plain).substr(number.is_negative() ? 1 : 0);
  const std::size_t whole = std::min(digits.find('.'), digits.size());
  std::string text = number.is_negative() ? "−" : "";
  for (std::size_t i = 0; i < whole; ++i) {
    if (i != 0 && (whole - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text.append(digits.substr(whole));
}

std::string day_text(core::Day day) {
  const std::chrono::year_month_day date(day);
  return day_number(date) + " " + month_name(date) + " " + year_number(date);
}

std::string period_text(core::Day start, core::Day end) {
  if (start == end) return day_text(start);
  const std::chrono::year_month_day first(start);
  const std::chrono::year_month_day last(end);
  if (first.year() != last.year()) return day_text(start) + " – " + day_text(end);
  if (first.month() != last.month()) return day_number(first) + " " + month_name(first) + " – " + day_text(end);
  return day_number(first) + "–" + day_text(end);
}

int amount_places(std::string_view currency_code) {
  return core::minor_digits(currency_code).value_or(2);
}

}  // namespace tallystick::documents
