#include "store/embedded/byte_codec.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace tallystick::store::embedded {
namespace {

template <class Unsigned>
void append_number(std::string& out, Unsigned value) {
  while (value >= number_continues) {
    out.push_back(static_cast<char>(static_cast<std::uint8_t>(value) | number_continues));
    value >>= number_bits;
  }
  out.push_back(static_cast<char>(value));
}

// Small magnitudes of either sign become small unsigned numbers: 0, -1, 1, -2, …
std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1U));
}

// A decimal's first byte, from its lowest bit: the sign, the places, digits, and whether more follow.
constexpr unsigned places_at = 1;
constexpr unsigned places_mask = 7;
constexpr unsigned first_digits_at = 4;
constexpr unsigned first_digits_bits = 3;
constexpr unsigned first_digits_mask = 7;

// How many units of 10^-9 the last digit stands for, with 0 to 6 places behind the point or, the last, with all nine.
constexpr std::array<std::uint64_t, 8> units_of_places{1'000'000'000, 100'000'000, 10'000'000, 1'000'000,
                                                       100'000,       10'000,      1'000,      1};
static_assert(units_of_places[0] == core::Decimal::one_units);

struct Places {
  unsigned places;  // an index of units_of_places
  core::uint128 digits;
};

Places places_of(core::uint128 magnitude) {
  constexpr unsigned all = units_of_places.size() - 1;
  if (magnitude > std::numeric_limits<std::uint64_t>::max()) {
    const bool is_whole = magnitude % units_of_places[0] == 0;
    return is_whole ? Places{0, magnitude / units_of_places[0]} : Places{all, magnitude};
  }
  const auto small = static_cast<std::uint64_t>(magnitude);
// Unrolled, all of these are divisions by constants.
#pragma GCC unroll 8
  for (unsigned places = 0; places < all; ++places) {
    if (small % units_of_places[places] == 0) return {places, small / units_of_places[places]};
  }
  return {all, magnitude};
}

}  // namespace

void ByteWriter::u32_ordered(std::uint32_t value) {
  const std::array<char, sizeof value> bytes{static_cast<char>(value >> 24U), static_cast<char>(value >> 16U),
                                             static_cast<char>(value >> 8U), static_cast<char>(value)};
  out_.append(bytes.data(), bytes.size());
}

void ByteWriter::u64_ordered(std::uint64_t value) {
  u32_ordered(static_cast<std::uint32_t>(value >> 32U));
  u32_ordered(static_cast<std::uint32_t>(value));
}

void ByteWriter::number(std::uint64_t value) {
  append_number(out_, value);
}

void ByteWriter::signed_number(std::int64_t value) {
  append_number(out_, zigzag(value));
}

// The first byte has the sign, how many places follow the point, and the three lowest bits of the digits that are left
// once the zeros behind those places are taken away; the other bits follow as a number.
void ByteWriter::decimal(core::Decimal value) {
  const bool is_negative = value.is_negative();
  const auto units = static_cast<core::uint128>(value.units());
  const Places shown = places_of(is_negative ? ~units + 1U : units);
  const core::uint128 rest = shown.digits >> first_digits_bits;
  const unsigned low = static_cast<unsigned>(shown.digits) & first_digits_mask;
  u8(static_cast<std::uint8_t>((rest != 0 ? number_continues : 0U) | (low << first_digits_at) |
                               (shown.places << places_at) | (is_negative ? 1U : 0U)));
  if (rest == 0) return;
  if (rest <= std::numeric_limits<std::uint64_t>::max()) {
    append_number(out_, static_cast<std::uint64_t>(rest));
  } else {
    append_number(out_, rest);
  }
}

void ByteWriter::optional_time(const std::optional<core::TimePoint>& value) {
  u8(value ? 1 : 0);
  if (value) time(*value);
}

void ByteWriter::text(std::string_view value) {
  number(value.size());
  raw(value);
}

void ByteWriter::optional_text(const std::optional<std::string>& value) {
  u8(value ? 1 : 0);
  if (value) text(*value);
}

void ByteWriter::uuid(const core::Uuid& value) {
  out_.append(reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size());
}

std::uint64_t ByteReader::u64_ordered() {
  const std::uint64_t high = u32_ordered();
  return (high << 32U) | u32_ordered();
}

std::int64_t ByteReader::signed_number() {
  return unzigzag(number());
}

core::Decimal ByteReader::decimal() {
  const unsigned first = u8();
  const bool is_negative = (first & 1U) != 0;
  const std::uint64_t unit = units_of_places[(first >> places_at) & places_mask];
  core::uint128 digits = (first >> first_digits_at) & first_digits_mask;
  if (first >= number_continues) {
    std::uint64_t small = 0;
    if (take_short_number(small)) {
      // 63 bits, three more and 10^9 fit 127.
      digits |= core::uint128{small} << first_digits_bits;
    } else {
      constexpr core::uint128 largest = ~core::uint128{0} >> 1U;
      const core::uint128 rest = wide_number();
      if (rest > (largest / unit) >> first_digits_bits || ((rest << first_digits_bits) | digits) > largest / unit) {
        refuse();
        return {};
      }
      digits |= rest << first_digits_bits;
    }
  }
  const auto units = static_cast<core::int128>(digits * unit);
  return core::Decimal::from_units(is_negative ? -units : units);
}

std::optional<core::TimePoint> ByteReader::optional_time() {
  return flag() ? std::optional(time()) : std::nullopt;
}

std::string_view ByteReader::text() {
  const std::uint64_t bytes = number();
  return raw(bytes);
}

std::optional<std::string> ByteReader::optional_text() {
  return flag() ? std::optional<std::string>(text()) : std::nullopt;
}

core::Uuid ByteReader::uuid() {
  core::Uuid value;
  const std::string_view bytes = raw(value.bytes.size());
  std::copy(bytes.begin(), bytes.end(), value.bytes.begin());
  return value;
}

core::uint128 ByteReader::wide_number() {
  constexpr unsigned bits = 128;
  core::uint128 value = 0;
  for (unsigned shift = 0; shift < bits; shift += number_bits) {
    const std::uint8_t byte = u8();
    value |= static_cast<core::uint128>(byte & ~number_continues) << shift;
    if ((byte & number_continues) == 0) return value;
  }
  refuse();
  return 0;
}

void ByteReader::refuse() {
  ok_ = false;
  rest_ = {};
}

}  // namespace tallystick::store::embedded
