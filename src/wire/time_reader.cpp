#include "wire/time_reader.hpp"

#include <algorithm>

namespace tallystick::wire {

using namespace std::chrono;

std::optional<core::TimePoint> TimeReader::operator()(std::string_view text) {
  constexpr std::string_view answer_form = "yyyy-MM-ddTHH:mm:ss.SSSZ";
  constexpr std::size_t month_end = answer_form.find("dd");
  const auto time = core::parse_time(text);
  if (!time) return std::nullopt;
  if (text.size() == answer_form.size() && text[10] == 'T' && text.ends_with('Z')) {
    month_text_.front() = '"';
    std::ranges::copy(text.substr(0, month_end), month_text_.begin() + 1);
    const year_month_day date{core::day_of(*time)};
    const year_month month{date.year(), date.month()};
    month_begin_ = sys_days{month / 1};
    month_days_ = static_cast<unsigned>(year_month_day_last{month / last}.day());
  }
  return *time;
}

}  // namespace tallystick::wire
