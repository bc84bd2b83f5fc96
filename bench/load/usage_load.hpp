#pragma once
#include <cstdint>
#include <vector>

/// The usage that every contender takes. It is made of its position alone: the same everywhere, in any order, and the
/// first million of twenty is the first million of five.
namespace tallystick::bench {

struct LoadEvent {
  std::uint64_t identity = 0;  ///< which event it is; a repeat has that of the event that it repeats
  std::int64_t time_ms = 0;    ///< since 1970
  std::uint32_t resource = 0;  ///< within organization and product
  std::uint32_t quantity_tenths = 0;
  std::uint16_t organization = 0;
  std::uint16_t product = 0;
};

inline constexpr std::uint16_t product_count = 50;
/// November 2026, in which all time of the load lies but for what is late.
inline constexpr std::int64_t month_start_ms = 1'793'491'200'000;
inline constexpr std::int64_t month_end_ms = month_start_ms + 30LL * 86'400'000;

/// A good mixture of the bits of `value` (SplitMix64).
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31U);
}

class Load {
 public:
  Load() = default;
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;
  virtual ~Load() = default;

  /// Event number `position`, from 0.
  [[nodiscard]] virtual LoadEvent at(std::uint64_t position) const = 0;
  /// Whether it repeats an earlier one; all others are new.
  [[nodiscard]] virtual bool is_repeat(std::uint64_t position) const = 0;
};

/// 1,000 organizations of uneven size (the one of rank r has a share of r^-0.8), 50 products, 2,000 resources a product
/// in the ten largest, 500 in the next ninety, 50 in the others. Time goes on 120 ms an event, so that 20 million are
/// four weeks; 5 % are up to 90 days late, 2 % repeat one of all the events before.
class MixedLoad final : public Load {
 public:
  static constexpr std::uint16_t organization_count = 1'000;

  MixedLoad();
  [[nodiscard]] LoadEvent at(std::uint64_t position) const override;
  [[nodiscard]] bool is_repeat(std::uint64_t position) const override;

 private:
  [[nodiscard]] LoadEvent make(std::uint64_t position) const;
  std::vector<std::uint16_t> organization_of_;  // by 16 random bits
};

/// One organization with very many resources: each of them once on each of some days of the month, day after day.
class ResourceLoad final : public Load {
 public:
  ResourceLoad(std::uint16_t organization, std::uint32_t resources);
  [[nodiscard]] LoadEvent at(std::uint64_t position) const override;
  [[nodiscard]] bool is_repeat(std::uint64_t position) const override;

 private:
  std::uint16_t organization_;
  std::uint32_t resources_;
};

/// The organizations of ResourceLoad, beyond those of MixedLoad.
inline constexpr std::uint16_t large_organization = MixedLoad::organization_count;
inline constexpr std::uint16_t huge_organization = MixedLoad::organization_count + 1;
inline constexpr std::uint16_t declared_organization_count = MixedLoad::organization_count + 2;

}  // namespace tallystick::bench
