#include "demo/random.hpp"

#include <numeric>

#include "tallystick/core/decimal.hpp"

namespace tallystick::demo {

std::uint64_t Random::below(std::uint64_t bound) {
  return static_cast<std::uint64_t>((core::uint128{engine_()} * bound) >> 64U);
}

std::int64_t Random::between(std::int64_t low, std::int64_t high) {
  return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1));
}

std::chrono::milliseconds Random::duration(std::chrono::milliseconds shortest, std::chrono::milliseconds longest) {
  return std::chrono::milliseconds{between(shortest.count(), longest.count())};
}

std::size_t Random::weighted(std::span<const unsigned> weights) {
  std::uint64_t drawn = below(std::accumulate(weights.begin(), weights.end(), std::uint64_t{0}));
  std::size_t index = 0;
  while (drawn >= weights[index]) drawn -= weights[index++];
  return index;
}

std::array<std::uint8_t, 16> Random::bytes() {
  std::array<std::uint8_t, 16> drawn{};
  for (std::size_t word = 0; word < drawn.size(); word += 8) {
    const std::uint64_t value = engine_();
    for (std::size_t i = 0; i < 8; ++i) drawn[word + i] = static_cast<std::uint8_t>(value >> (8 * i));
  }
  return drawn;
}

}  // namespace tallystick::demo
