#pragma once
#include <cstddef>
#include <string_view>

#include "wire/utf8.hpp"
#include "wire/value_tree.hpp"

#ifdef __SSE2__
#include <emmintrin.h>

#include <bit>
#endif

namespace tallystick::wire {

/// A place in a JSON text of the kind that programs write: what the readers of plain texts (PlainEvents, PlainModel)
/// share. They give up at everything that is not plain and say nothing about it: JsonReader then reads the same text,
/// and it alone knows what is wrong with one. All of it is inline, for these readers are what ingest and large reports
/// wait for.
class PlainCursor {
 public:
  /// Goes to the beginning of a text; views into it are what is found.
  void begin(std::string_view text) {
    at_ = text.data();
    end_ = text.data() + text.size();
  }

  /// Takes `c` and the blanks before it, if it comes next.
  [[nodiscard]] bool take(char c) {
    // Programs mostly write no blanks.
    if (!next_is(c)) {
      skip_blanks();
      if (!next_is(c)) return false;
    }
    ++at_;
    return true;
  }
  /// Whether only blanks are left.
  [[nodiscard]] bool at_end() {
    skip_blanks();
    return at_ == end_;
  }

 protected:
  [[nodiscard]] std::string_view rest() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }
  [[nodiscard]] bool next_is(char c) const { return at_ != end_ && *at_ == c; }
  void skip_blanks() {
    while (at_ != end_ && *at_ <= ' ' && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }
  /// Takes `word`, if it comes next.
  [[nodiscard]] bool read_word(std::string_view word) {
    if (!rest().starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  /// The rest of a string whose opening quote was taken: UTF-8 without escapes and control characters.
  [[nodiscard]] bool read_string(std::string_view& text) {
    const char* const begin = at_;
    const char* at = begin;
    for (;;) {
      at = end_of_run(at, end_);
      if (at == end_) return false;
      if (*at == '"') break;
      const std::size_t bytes = utf8_character_bytes({at, static_cast<std::size_t>(end_ - at)});
      if (bytes < 2) return false;
      at += bytes;
    }
    text = {begin, static_cast<std::size_t>(at - begin)};
    at_ = at + 1;
    return true;
  }
  /// A scalar of which at least one character is there; numbers are integers of at most 18 digits.
  [[nodiscard]] bool read_scalar(Value& value) {
    switch (*at_) {
      case '"':
        ++at_;
        value.kind = Value::Kind::string;
        return read_string(value.text);
      case 't':
        value.kind = Value::Kind::boolean;
        value.text = "true";
        return read_word("true");
      case 'f':
        value.kind = Value::Kind::boolean;
        value.text = "false";
        return read_word("false");
      case 'n':
        value.kind = Value::Kind::null;
        value.text = {};
        return read_word("null");
      default:
        value.kind = Value::Kind::number;
        return read_number(value.text);
    }
  }

  const char* at_ = nullptr;
  const char* end_ = nullptr;

 private:
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  bool read_number(std::string_view& text) {
    constexpr std::ptrdiff_t digits_max = 18;
    const char* const begin = at_;
    if (next_is('-')) ++at_;
    const char* const digits = at_;
    while (at_ != end_ && is_digit(*at_)) ++at_;
    const std::ptrdiff_t count = at_ - digits;
    if (count == 0 || count > digits_max || (*digits == '0' && count > 1)) return false;
    if (next_is('.') || next_is('e') || next_is('E')) return false;
    text = {begin, static_cast<std::size_t>(at_ - begin)};
    return true;
  }
  // What ends a run of characters that mean themselves: quote, backslash, control characters, and all beyond ASCII.
  static bool ends_run(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte >= 0x80 || c == '"' || c == '\\';
  }
  static const char* end_of_run(const char* at, const char* end) {
#ifdef __SSE2__
    constexpr std::ptrdiff_t step = sizeof(__m128i);
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i blank = _mm_set1_epi8(' ');
    for (; end - at >= step; at += step) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
      // Signed: what is beyond ASCII is less than a blank too.
      const __m128i low = _mm_cmpgt_epi8(blank, bytes);
      const __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash));
      const int found = _mm_movemask_epi8(_mm_or_si128(low, marks));
      if (found != 0) return at + std::countr_zero(static_cast<unsigned>(found));
    }
#endif
    while (at != end && !ends_run(*at)) ++at;
    return at;
  }
};

}  // namespace tallystick::wire
