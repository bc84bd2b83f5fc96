#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>

namespace tallystick::demo {

/// Draws that are the same on every machine. The distributions of the standard library are left to each
/// implementation; its engines are not, so everything here is integer arithmetic on one of them.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// 0 to bound − 1; `bound` at least 1.
  std::uint64_t below(std::uint64_t bound);
  /// low to high, both included.
  std::int64_t between(std::int64_t low, std::int64_t high);
  /// `shortest` to `longest`, both included, to the millisecond.
  std::chrono::milliseconds duration(std::chrono::milliseconds shortest, std::chrono::milliseconds longest);
  /// True `percent` times out of 100.
  bool percent(unsigned percent) { return below(100) < percent; }
  /// An index into `weights`, each as often as its weight says; their sum at least 1.
  std::size_t weighted(std::span<const unsigned> weights);
  std::array<std::uint8_t, 16> bytes();

  template <class Range>
  const auto& pick(const Range& range) {
    return range[below(range.size())];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace tallystick::demo
