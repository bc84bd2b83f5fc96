#include "wire/plain_events.hpp"

#include "wire/utf8.hpp"

#ifdef __SSE2__
#include <emmintrin.h>

#include <bit>
#endif

namespace tallystick::wire {
namespace {

// Well below what JsonReader and the events allow, whose limits are theirs.
constexpr std::size_t values_max = 100;
constexpr std::size_t depth_max = 16;
constexpr std::ptrdiff_t number_digits_max = 18;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// What ends a run of characters that mean themselves: quote, backslash, control characters, and all beyond ASCII.
bool ends_run(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte >= 0x80 || c == '"' || c == '\\';
}

const char* end_of_run(const char* at, const char* end) {
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

}  // namespace

bool PlainEvents::read_string(std::string_view& text) {
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

bool PlainEvents::read_number(std::string_view& text) {
  const char* const begin = at_;
  if (next_is('-')) ++at_;
  const char* const digits = at_;
  while (at_ != end_ && is_digit(*at_)) ++at_;
  const std::ptrdiff_t count = at_ - digits;
  if (count == 0 || count > number_digits_max || (*digits == '0' && count > 1)) return false;
  if (next_is('.') || next_is('e') || next_is('E')) return false;
  text = {begin, static_cast<std::size_t>(at_ - begin)};
  return true;
}

bool PlainEvents::read_word(std::string_view word) {
  if (!rest().starts_with(word)) return false;
  at_ += word.size();
  return true;
}

// The character that begins it is there.
bool PlainEvents::read_scalar(Value& value) {
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

// A value that nobody asks for.
bool PlainEvents::pass_over(std::size_t depth) {
  if (at_end() || depth > depth_max || ++values_ > values_max) return false;
  Value ignored;
  if (*at_ != '{' && *at_ != '[') return read_scalar(ignored);
  const bool is_object = *at_ == '{';
  const char closing = is_object ? '}' : ']';
  ++at_;
  if (take(closing)) return true;
  do {
    if (is_object && !(take('"') && read_string(ignored.text) && take(':'))) return false;
    if (!pass_over(depth + 1)) return false;
  } while (take(','));
  return take(closing);
}

// The name of a member, up to its value. Most often it is the one that is expected, and written without blanks.
bool PlainEvents::read_name(std::size_t expected, std::size_t& position) {
  if (expected < attribute_count && rest().starts_with(attributes[expected].key)) {
    at_ += attributes[expected].key.size();
    position = expected;
    return !at_end();
  }
  std::string_view name;
  if (!take('"') || !read_string(name) || !take(':')) return false;
  position = attribute_position(name, expected);
  return !at_end();
}

// `event`: what is read is an event, which may have data.
bool PlainEvents::read_members(Attributes& found, Values& values, EventAttributes* event) {
  found.clear();
  if (take('}')) return true;
  std::size_t expected = event == nullptr ? attribute::quantity.position : 0;
  do {
    std::size_t position = 0;
    if (!read_name(expected, position)) return false;
    if (position == attribute_count) {
      if (!pass_over(0)) return false;
      continue;
    }
    expected = position + 1;
    Value& value = values[position];
    if (++values_ > values_max) return false;
    if (*at_ == '{' && event != nullptr && position == attribute::data.position) {
      ++at_;
      value.kind = Value::Kind::object;
      value.text = {};
      if (!read_members(event->data, data_values_, nullptr)) return false;
    } else if (!read_scalar(value)) {
      return false;
    } else if (event != nullptr && position == attribute::data.position) {
      event->data.clear();  // of an object before it, which no longer counts
    }
    found.put(position, value);
  } while (take(','));
  return take('}');
}

bool PlainEvents::read(EventAttributes& found) {
  values_ = 0;
  found.data.clear();
  return take('{') && read_members(found.event, event_values_, &found);
}

}  // namespace tallystick::wire
