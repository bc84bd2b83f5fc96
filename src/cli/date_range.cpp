#include "cli/date_range.hpp"

#include <algorithm>

namespace tallystick::cli {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month;
using std::chrono::year_month_day;
using std::chrono::years;

// What a text stands for: its first moment and, where it is more than a moment, the first one after it.
struct Span {
  core::TimePoint start;
  std::optional<core::TimePoint> end;
};

Result<Span, core::TimeFault> parse_span(std::string_view text) {
  const auto digits_and_dashes = text.find_first_not_of("0123456789-") == std::string_view::npos;
  if (!digits_and_dashes || text.size() > 10) {
    auto time = core::parse_time(text);
    if (!time) return fail(time.error());
    return Span{*time, std::nullopt};
  }
  // A shorter date is read as its first day; parse_date alone knows which years and days there are.
  std::string whole(text);
  if (text.size() == 4) whole += "-01-01";
  if (text.size() == 7) whole += "-01";
  const auto first = core::parse_date(whole);
  if (!first) return fail(first.error());
  const year_month_day date{*first};
  sys_days next = *first + days{1};
  if (text.size() == 7) next = sys_days{(year_month{date.year(), date.month()} + months{1}) / day{1}};
  if (text.size() == 4) next = sys_days{(date.year() + years{1}) / month{1} / day{1}};
  return Span{core::TimePoint{*first}, core::TimePoint{next}};
}

std::string sentence_for(std::string_view option, std::string_view text, core::TimeFault fault) {
  const std::string start = std::string(option) + ": \"" + std::string(text) + "\" ";
  if (fault == core::TimeFault::out_of_range) return start + "is written like a date, but there is no such day or time";
  return start + "is not a date: write 2026-03, 2026-03-01 or 2026-03-01T00:00:00Z";
}

core::Day last_day_before(core::TimePoint end) {
  return core::day_of(end - core::milliseconds{1});
}

}  // namespace

Result<core::Period, std::string> parse_date_range(std::string_view from, std::optional<std::string_view> to) {
  const auto start = parse_span(from);
  if (!start) return fail(sentence_for("--from", from, start.error()));
  if (!to) {
    if (start->end) return core::Period{start->start, *start->end};
    return fail(std::string("--to is missing: --from is a moment, so say where the range ends"));
  }
  const auto end = parse_span(*to);
  if (!end) return fail(sentence_for("--to", *to, end.error()));
  const core::Period period{start->start, end->start};
  if (!period.is_empty()) return period;
  if (start->end && from == *to) {
    return fail("the range ends before --to and is empty: leave --to out for the whole of " + std::string(from));
  }
  return fail("--from (" + core::to_string(period.start) + ") must be before --to (" + core::to_string(period.end) +
              ")");
}

Result<DayRange, std::string> parse_day_range(std::optional<std::string_view> from,
                                              std::optional<std::string_view> to) {
  if (!from) {
    if (!to) return DayRange{};
    const auto end = parse_span(*to);
    if (!end) return fail(sentence_for("--to", *to, end.error()));
    return DayRange{std::nullopt, last_day_before(end->start)};
  }
  const auto range = parse_date_range(*from, to);
  if (!range) return fail(range.error());
  return DayRange{core::day_of(range->start), last_day_before(range->end)};
}

Result<core::Day, std::string> parse_day(std::string_view option, std::string_view text) {
  const auto day = core::parse_date(text);
  if (day) return *day;
  if (day.error() == core::TimeFault::out_of_range) return fail(sentence_for(option, text, day.error()));
  return fail(std::string(option) + ": \"" + std::string(text) + "\" is not a day: write 2026-03-31");
}

Result<core::Day, std::string> parse_last_day(std::string_view option, std::string_view text) {
  const auto span = parse_span(text);
  if (span && span->end) return last_day_before(*span->end);
  if (!span && span.error() == core::TimeFault::out_of_range) return fail(sentence_for(option, text, span.error()));
  return fail(std::string(option) + ": \"" + std::string(text) +
              "\" is not a day or month: write 2026-03-31 or 2026-03");
}

}  // namespace tallystick::cli
