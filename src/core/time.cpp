#include "tallystick/core/time.hpp"

#include <cstddef>
#include <optional>

namespace tallystick::core {
namespace {

using namespace std::chrono;

// Consumes text from the left; once something does not fit, everything after it fails too.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

  bool take(char c) {
    if (peek() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  void expect(char c) { ok_ = take(c) && ok_; }

  int digits(int count) {
    int value = 0;
    for (int i = 0; i < count; ++i) {
      const char c = peek();
      if (c < '0' || c > '9') {
        ok_ = false;
        return 0;
      }
      value = value * 10 + (c - '0');
      rest_.remove_prefix(1);
    }
    return value;
  }

  // A fraction of any length, floored to the millisecond.
  milliseconds fraction() {
    if (peek() < '0' || peek() > '9') ok_ = false;
    int value = 0;
    int scale = 100;
    while (peek() >= '0' && peek() <= '9') {
      value += (peek() - '0') * scale;
      scale /= 10;
      rest_.remove_prefix(1);
    }
    return milliseconds{value};
  }

  // At least one character of `allowed`, and all that follow it.
  void expect_some(std::string_view allowed) {
    const std::size_t end = rest_.find_first_not_of(allowed);
    if (end == 0 || rest_.empty()) ok_ = false;
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

// Digits at their places in a text that is long enough. Every form of a time begins with the same 19 characters, and
// every event has a time, so these are not looked for one by one.
class FixedDigits {
 public:
  explicit FixedDigits(std::string_view text) : text_(text) {}

  template <std::size_t count>
  int at(std::size_t begin) {
    unsigned value = 0;
    for (std::size_t i = begin; i < begin + count; ++i) {
      const unsigned digit = static_cast<unsigned char>(text_[i]) - unsigned{'0'};
      all_digits_ = all_digits_ && digit <= 9;
      value = value * 10 + digit;
    }
    return static_cast<int>(value);
  }
  // Whether all that was read were digits; else the numbers mean nothing.
  [[nodiscard]] bool ok() const { return all_digits_; }

 private:
  std::string_view text_;
  bool all_digits_ = true;
};

constexpr std::size_t date_length = 10;
constexpr std::size_t second_length = 19;

bool has_dashes(std::string_view text) {
  return text[4] == '-' && text[7] == '-';
}

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

constexpr TimePoint first_time{Day{year{2} / 1 / 1}};
constexpr TimePoint end_of_time{Day{year{10'000} / 1 / 1}};

std::optional<Day> make_day(int y, int m, int d) {
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  // Go's clients send an unset date as year 1; the published service refuses it too.
  if (!date.ok() || y < 2) return std::nullopt;
  return Day{date};
}

// `+01:00`, `+0100` or `+01`, after its sign.
std::optional<minutes> read_offset(Reader& reader, bool negative) {
  const int h = reader.digits(2);
  int m = 0;
  if (reader.take(':') || (reader.peek() >= '0' && reader.peek() <= '9')) m = reader.digits(2);
  if (!reader.ok() || h > 23 || m > 59) return std::nullopt;
  const minutes offset = hours{h} + minutes{m};
  return negative ? -offset : offset;
}

// With leading zeros. A report has a time for every resource, so that this must cost next to nothing.
void write_digits(char* at, unsigned value, std::size_t count) {
  for (; count > 0; --count, value /= 10) at[count - 1] = static_cast<char>('0' + value % 10);
}

void append_digits(std::string& text, unsigned value, std::size_t count) {
  text.append(count, '0');
  write_digits(text.data() + text.size() - count, value, count);
}

void append_date(std::string& text, Day day) {
  constexpr unsigned last_year_of_four_digits = 9'999;
  const year_month_day date{day};
  const auto y = static_cast<unsigned>(static_cast<int>(date.year()));
  append_digits(text, y, y > last_year_of_four_digits ? 5 : 4);
  text += '-';
  append_digits(text, static_cast<unsigned>(date.month()), 2);
  text += '-';
  append_digits(text, static_cast<unsigned>(date.day()), 2);
}

}  // namespace

Result<TimePoint, TimeFault> parse_time(std::string_view text) {
  if (text.size() < second_length) return fail(TimeFault::not_a_time);
  const bool is_go_form = text[date_length] == ' ';
  if (!has_dashes(text) || (!is_go_form && text[date_length] != 'T') || text[13] != ':' || text[16] != ':') {
    return fail(TimeFault::not_a_time);
  }
  FixedDigits digits(text);
  const int y = digits.at<4>(0);
  const int m = digits.at<2>(5);
  const int d = digits.at<2>(8);
  const int h = digits.at<2>(11);
  const int min = digits.at<2>(14);
  const int s = digits.at<2>(17);
  if (!digits.ok()) return fail(TimeFault::not_a_time);

  Reader reader(text.substr(second_length));
  milliseconds fraction{0};
  if (reader.take('.')) fraction = reader.fraction();

  minutes offset{0};
  if (is_go_form) reader.expect(' ');
  if (reader.peek() == '+' || reader.peek() == '-') {
    const bool negative = reader.peek() == '-';
    reader.take(negative ? '-' : '+');
    const auto read = read_offset(reader, negative);
    if (!read) return fail(reader.ok() ? TimeFault::out_of_range : TimeFault::not_a_time);
    offset = *read;
  } else if (is_go_form) {
    return fail(TimeFault::not_a_time);
  } else {
    reader.take('Z');
  }
  if (is_go_form) {
    // The zone's name repeats the offset, or is one where the zone has no name; a monotonic reading may follow and
    // means nothing outside its process.
    reader.expect(' ');
    const bool is_named = reader.peek() != '+' && reader.peek() != '-';
    reader.expect_some(is_named ? letters : "+-0123456789");
    if (reader.take(" m=+") || reader.take(" m=-")) reader.expect_some("0123456789.");
  }
  if (!reader.ok() || !reader.at_end()) return fail(TimeFault::not_a_time);
  const auto date = make_day(y, m, d);
  if (!date || h > 23 || min > 59 || s > 59) return fail(TimeFault::out_of_range);
  const TimePoint time{*date + hours{h} + minutes{min} + seconds{s} + fraction - offset};
  // At the edges an offset leads out of the years that text can say.
  if (time < first_time || time >= end_of_time) return fail(TimeFault::out_of_range);
  return time;
}

Result<Day, TimeFault> parse_date(std::string_view text) {
  if (text.size() != date_length || !has_dashes(text)) return fail(TimeFault::not_a_time);
  FixedDigits digits(text);
  const int y = digits.at<4>(0);
  const int m = digits.at<2>(5);
  const int d = digits.at<2>(8);
  if (!digits.ok()) return fail(TimeFault::not_a_time);
  const auto date = make_day(y, m, d);
  if (!date) return fail(TimeFault::out_of_range);
  return *date;
}

std::string to_string(TimePoint time) {
  TimeText text;
  return std::string(text(time));
}

std::string_view TimeText::operator()(TimePoint time) {
  constexpr std::string_view clock = "T00:00:00.000Z";
  if (text_.empty() || time < midnight_ || time - midnight_ >= days{1}) {
    midnight_ = day_of(time);
    text_.clear();
    append_date(text_, day_of(time));
    text_ += clock;
  }
  const auto ms = static_cast<unsigned>((time - midnight_).count());
  const unsigned s = ms / 1'000;
  char* const at = text_.data() + text_.size() - clock.size();
  write_digits(at + 1, s / 3'600, 2);
  write_digits(at + 4, s / 60 % 60, 2);
  write_digits(at + 7, s % 60, 2);
  write_digits(at + 10, ms % 1'000, 3);
  return text_;
}

std::string to_string(Day day) {
  std::string text;
  append_date(text, day);
  return text;
}

}  // namespace tallystick::core
