#include "tallystick/core/uuid.hpp"

#include <algorithm>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>

namespace tallystick::core {
namespace {

constexpr std::size_t text_length = 36;
constexpr bool is_dash_at(std::size_t i) {
  return i == 8 || i == 13 || i == 18 || i == 23;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != text_length) return std::nullopt;
  Uuid id;
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < text_length; ++i) {
    if (is_dash_at(i)) {
      if (text[i] != '-') return std::nullopt;
      continue;
    }
    const int value = hex_value(text[i]);
    if (value < 0) return std::nullopt;
    auto& byte = id.bytes[nibble / 2];
    byte = static_cast<std::uint8_t>((byte << 4U) | static_cast<unsigned>(value));
    ++nibble;
  }
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
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < text_length; ++i) {
    if (is_dash_at(i)) continue;
    const unsigned byte = bytes[nibble / 2];
    text[i] = digits[nibble % 2 == 0 ? byte >> 4U : byte & 0x0FU];
    ++nibble;
  }
  return text;
}

}  // namespace tallystick::core
