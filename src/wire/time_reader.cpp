#include "wire/time_reader.hpp"

#include <algorithm>
#include <cstddef>

namespace tallystick::wire {
namespace {

using namespace std::chrono;

constexpr std::string_view answer_form = "yyyy-MM-ddTHH:mm:ss.SSSZ";

bool has_answer_form(std::string_view text) {
  return text.size() == answer_form.size() && text[10] == 'T' && text[13] == ':' && text[16] == ':' &&
         text[19] == '.' && text[23] == 'Z';
}

// Two digits; 100 or more where they are none.
unsigned two_digits(const char* at) {
  constexpr unsigned no_digits = 1'000;
  const unsigned tens = static_cast<unsigned char>(at[0]) - unsigned{'0'};
  const unsigned ones = static_cast<unsigned char>(at[1]) - unsigned{'0'};
  return tens <= 9 && ones <= 9 ? tens * 10 + ones : no_digits;
}

}  // namespace

std::optional<core::TimePoint> TimeReader::operator()(std::string_view text) {
  const bool is_answer_form = has_answer_form(text);
  if (is_answer_form && text.starts_with({month_text_.data(), month_text_.size()})) {
    const unsigned d = two_digits(text.data() + 8);
    const unsigned h = two_digits(text.data() + 11);
    const unsigned min = two_digits(text.data() + 14);
    const unsigned s = two_digits(text.data() + 17);
    const unsigned hundredths = two_digits(text.data() + 20);
    const unsigned last_digit = static_cast<unsigned char>(text[22]) - unsigned{'0'};
    if (d - 1 < month_days_ && h < 24 && min < 60 && s < 60 && hundredths < 100 && last_digit <= 9) {
      return month_begin_ + days{d - 1} + hours{h} + minutes{min} + seconds{s} +
             milliseconds{hundredths * 10 + last_digit};
    }
  }
  const auto time = core::parse_time(text);
  if (!time) return std::nullopt;
  if (is_answer_form) {
    std::ranges::copy(text.substr(0, month_text_.size()), month_text_.begin());
    const year_month_day date{core::day_of(*time)};
    const year_month month{date.year(), date.month()};
    month_begin_ = sys_days{month / 1};
    month_days_ = static_cast<unsigned>(year_month_day_last{month / last}.day());
  }
  return *time;
}

}  // namespace tallystick::wire
