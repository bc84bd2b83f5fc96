#pragma once
#include <array>
#include <bit>
#include <chrono>
#include <cstdint>

namespace tallystick::bench {

/// Counts durations in buckets of at most 1.6 % width, from 1 µs to hours. Takes no memory while it counts.
class LatencyHistogram {
 public:
  using Duration = std::chrono::nanoseconds;

  void add(Duration duration) {
    const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0)) / 1'000;
    ++counts_[std::min(bucket_of(us), counts_.size() - 1)];
    ++count_;
    max_ = std::max(max_, duration);
  }

  void add(const LatencyHistogram& other) {
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
    count_ += other.count_;
    max_ = std::max(max_, other.max_);
  }

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] double max_ms() const { return std::chrono::duration<double, std::milli>(max_).count(); }

  /// At most this much took `share` (0 to 1) of all; 0 where nothing was counted.
  [[nodiscard]] double quantile_ms(double share) const {
    const double wanted = share * static_cast<double>(count_);
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      seen += counts_[i];
      if (counts_[i] != 0 && static_cast<double>(seen) >= wanted) {
        return std::min(static_cast<double>(upper_us(i)) / 1'000, max_ms());
      }
    }
    return 0;
  }

 private:
  // Each doubling has 64 buckets.
  static constexpr unsigned fine_bits = 6;
  static constexpr std::uint64_t fine = 1U << fine_bits;

  static std::size_t bucket_of(std::uint64_t us) {
    if (us < fine) return us;
    const auto doubling = static_cast<unsigned>(std::bit_width(us)) - 1 - fine_bits;
    return (doubling + 1) * fine + ((us >> doubling) - fine);
  }
  static std::uint64_t upper_us(std::size_t bucket) {
    if (bucket < fine) return bucket + 1;
    const std::uint64_t doubling = bucket / fine - 1;
    return ((bucket % fine) + fine + 1) << doubling;
  }

  std::array<std::uint64_t, 32 * fine> counts_{};
  std::uint64_t count_ = 0;
  Duration max_{0};
};

}  // namespace tallystick::bench
