#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "tallystick/core/time.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace tallystick::wire {

/// Reads one moment after the other as core::parse_time does; quick where many of one month follow each other in the
/// form of answers, as the resources of a report do.
class TimeReader {
 public:
  /// Absent where it is no time.
  [[nodiscard]] std::optional<core::TimePoint> operator()(std::string_view text);

  /// Takes a moment with its quotes from the front of a text, if it comes next without blanks, has the form of answers
  /// and is of the month of the last one that was read. False says nothing about what comes next.
  [[nodiscard]] bool take_of_same_month([[maybe_unused]] const char*& at, [[maybe_unused]] const char* end,
                                        [[maybe_unused]] core::TimePoint& time) const {
#ifdef __SSE2__
    if (static_cast<std::size_t>(end - at) < month_length + rest_length) return false;
    if (std::memcmp(at, month_text_.data(), month_length) != 0) return false;
    // The sixteen characters after the day's first: how far each is above a zero, or above the sign that belongs there,
    // and how far it may be.
    const __m128i form = _mm_setr_epi8('0', 'T', '0', '0', ':', '0', '0', ':', '0', '0', '.', '0', '0', '0', 'Z', '"');
    const __m128i above_max = _mm_setr_epi8(9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 9, 0, 0);
    const auto* const rest = reinterpret_cast<const __m128i*>(at + month_length + 1);
    const __m128i above = _mm_sub_epi8(_mm_loadu_si128(rest), form);
    const __m128i in_range = _mm_cmpeq_epi8(_mm_min_epu8(above, above_max), above);
    const auto tens_of_days = static_cast<unsigned char>(at[month_length] - '0');
    if (_mm_movemask_epi8(in_range) != 0xFFFF || tens_of_days > 3) return false;
    std::array<unsigned char, sizeof(__m128i)> digits;
    _mm_storeu_si128(reinterpret_cast<__m128i*>(digits.data()), above);
    const auto two = [&](std::size_t first) { return unsigned{digits[first]} * 10 + digits[first + 1]; };
    const unsigned day = unsigned{tens_of_days} * 10 + digits[0];
    const unsigned hour = two(2);
    const unsigned minute = two(5);
    const unsigned second = two(8);
    if (day == 0 || day > month_days_ || hour > 23 || minute > 59 || second > 59) return false;
    const unsigned seconds = (((day - 1) * 24 + hour) * 60 + minute) * 60 + second;
    time = month_begin_ + core::milliseconds{std::int64_t{seconds} * 1'000 + two(11) * 10 + digits[13]};
    at += month_length + rest_length;
    return true;
#else
    return false;
#endif
  }

 private:
  // Of `"yyyy-MM-ddTHH:mm:ss.SSSZ"`: up to the day, and the rest.
  static constexpr std::size_t month_length = 9;
  static constexpr std::size_t rest_length = 17;

  std::array<char, month_length> month_text_{};  // with its quote, of the last moment in that form
  core::TimePoint month_begin_;
  unsigned month_days_ = 0;
};

}  // namespace tallystick::wire
