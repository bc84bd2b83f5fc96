#include "client/correlation_id.hpp"

#include <cstdint>
#include <limits>

namespace tallystick::client {
namespace {

void write_hex(std::string& text, std::uint64_t bits, int digits) {
  constexpr std::string_view alphabet = "0123456789abcdef";
  for (int digit = digits - 1; digit >= 0; --digit) text += alphabet[bits >> (4 * digit) & 0xFU];
}

}  // namespace

std::string new_correlation_id(const Pacing& pacing) {
  constexpr auto all = std::numeric_limits<std::uint64_t>::max();
  constexpr std::uint64_t version = 0x4000;
  constexpr std::uint64_t variant = 0x8000;
  const std::uint64_t high = pacing.random_up_to(all);
  const std::uint64_t low = pacing.random_up_to(all);
  std::string text;
  text.reserve(36);
  write_hex(text, high >> 32U, 8);
  text += '-';
  write_hex(text, high >> 16U & 0xFFFFU, 4);
  text += '-';
  write_hex(text, (high & 0x0FFFU) | version, 4);
  text += '-';
  write_hex(text, (low >> 48U & 0x3FFFU) | variant, 4);
  text += '-';
  write_hex(text, low & 0xFFFFFFFFFFFFU, 12);
  return text;
}

}  // namespace tallystick::client
