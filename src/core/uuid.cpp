#include "tallystick/core/uuid.hpp"

#include <algorithm>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>

namespace tallystick::core {
namespace {

constexpr std::size_t text_length = 36;
constexpr std::array<std::uint8_t, 4> dashes_at{8, 13, 18, 23};
// Where the two digits of each byte begin.
constexpr std::array<std::uint8_t, 16> digits_at{0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};

constexpr std::uint8_t no_digit = 0xff;

// The value of each character as a hexadecimal digit. Every event names an organization, so this is a table.
constexpr std::array<std::uint8_t, 256> hex_values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_digit);
  for (unsigned i = 0; i < 10; ++i) values['0' + i] = static_cast<std::uint8_t>(i);
  for (unsigned i = 0; i < 6; ++i) {
    values['a' + i] = static_cast<std::uint8_t>(10 + i);
    values['A' + i] = values['a' + i];
  }
  return values;
}();

unsigned hex_value(char c) {
  return hex_values[static_cast<unsigned char>(c)];
}

}  // namespace

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != text_length) return std::nullopt;
  for (const std::size_t at : dashes_at) {
    if (text[at] != '-') return std::nullopt;
  }
  Uuid id;
  unsigned seen = 0;
  for (std::size_t i = 0; i < digits_at.size(); ++i) {
    const unsigned high = hex_value(text[digits_at[i]]);
    const unsigned low = hex_value(text[digits_at[i] + 1U]);
    seen |= high | low;
    id.bytes[i] = static_cast<std::uint8_t>((high << 4U) | low);
  }
  // A digit has four bits at most.
  if (seen > 0x0FU) return std::nullopt;
  return id;
}

Uuid Uuid::from_name(const Uuid& space, std::string_view name) {
  boost::uuids::uuid raw_space{};
  std::copy(space.bytes.begin(), space.bytes.end(), raw_space.begin());
  const boost::uuids::uuid raw = boost::uuids::name_generator_sha1(raw_space)(name.data(), name.size());
  Uuid id;
  std::copy(raw.begin(), raw.end(), id.bytes.begin());
  return id;
}

Uuid Uuid::from_random(std::array<std::uint8_t, 16> random) {
  Uuid id{random};
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x40U);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
  return id;
}

std::string Uuid::to_string() const {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(text_length, '-');
  for (std::size_t i = 0; i < digits_at.size(); ++i) {
    text[digits_at[i]] = digits[bytes[i] >> 4U];
    text[digits_at[i] + 1U] = digits[bytes[i] & 0x0FU];
  }
  return text;
}

}  // namespace tallystick::core
