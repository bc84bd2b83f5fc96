#include "store/embedded/byte_codec.hpp"

#include <algorithm>
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

}  // namespace

void ByteWriter::u32_ordered(std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) u8(static_cast<std::uint8_t>(value >> static_cast<unsigned>(shift)));
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

// Most quantities are whole: their count of 10^-9 is written without its nine zeros. The two lowest bits say which
// form follows and the sign.
void ByteWriter::decimal(core::Decimal value) {
  const bool is_negative = value.is_negative();
  const auto units = static_cast<core::uint128>(value.units());
  const core::uint128 magnitude = is_negative ? ~units + 1U : units;
  constexpr auto one = static_cast<std::uint64_t>(core::Decimal::one_units);
  const bool is_small = magnitude <= std::numeric_limits<std::uint64_t>::max();
  const bool is_whole = is_small ? static_cast<std::uint64_t>(magnitude) % one == 0 : magnitude % one == 0;
  const core::uint128 shown =
      !is_whole ? magnitude : (is_small ? static_cast<std::uint64_t>(magnitude) / one : magnitude / one);
  // Magnitudes of sums may fill 127 bits, so that form and sign have a byte of their own.
  u8(static_cast<std::uint8_t>((is_whole ? 2U : 0U) | (is_negative ? 1U : 0U)));
  append_number(out_, shown);
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
  const std::uint8_t form = u8();
  const bool is_whole = (form & 2U) != 0;
  const bool is_negative = (form & 1U) != 0;
  if (form > 3) refuse();
  // 63 bits times 10^9 fit 127.
  if (std::uint64_t small = 0; take_short_number(small)) {
    const core::int128 units = core::int128{small} * (is_whole ? core::Decimal::one_units : 1);
    return core::Decimal::from_units(is_negative ? -units : units);
  }
  const core::uint128 shown = wide_number();
  constexpr core::uint128 largest = ~core::uint128{0} >> 1U;
  if (shown > (is_whole ? largest / core::Decimal::one_units : largest)) {
    refuse();
    return {};
  }
  const auto units = static_cast<core::int128>(is_whole ? shown * core::Decimal::one_units : shown);
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
