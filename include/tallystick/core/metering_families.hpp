#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tallystick/core/catalog.hpp"
#include "tallystick/core/metering.hpp"

#pragma GCC visibility push(default)
namespace tallystick::core {

/// Which products of a catalog are metered together: those of one family and kind, by rising rank; any other by itself.
class MeteringFamilies {
 public:
  /// `products` must outlive this and stay where they are.
  explicit MeteringFamilies(std::span<const Product> products);

  /// Where a product is found.
  struct Member {
    std::size_t family = 0;
    std::size_t product = 0;  ///< within the family
  };
  /// nullptr: no product has the key.
  [[nodiscard]] const Member* find(std::string_view product_key) const;
  [[nodiscard]] std::size_t size() const { return families_.size(); }
  /// By rising rank; never empty.
  [[nodiscard]] std::span<const Product* const> products_of(std::size_t family) const { return families_[family]; }

 private:
  std::vector<std::vector<const Product*>> families_;
  std::unordered_map<std::string_view, Member> members_;
};

/// A product for which at least one resource counts.
struct MeteredProduct {
  const Product* product = nullptr;
  Metered metered;
};

/// Meters all that an organization used in one period.
class PeriodMetering {
 public:
  enum class Fault {
    unknown_product,  ///< usage of a product that is in no family
    overflow,
  };
  /// Why a period cannot be metered.
  struct Failure {
    Fault fault{};
    std::string_view product;  ///< its key, borrowed
  };

  /// `families` must outlive this. Days of presence are clipped to `period`.
  PeriodMetering(const MeteringFamilies& families, const Period& period) : families_(families), period_(period) {}

  /// What was used of one product outside of intervals.
  [[nodiscard]] Status<Failure> add(std::string_view product_key, std::span<const ResourceUsage> resources);
  /// One day's presence of all products, clipped to the period. Days come in their order.
  [[nodiscard]] Status<Failure> add_day(Day day, std::span<const ProductPresence> products);
  /// In no particular order. Called once, at the end.
  [[nodiscard]] Result<std::vector<MeteredProduct>, Failure> finish();

 private:
  struct FamilyMeter {
    std::unique_ptr<Meter> meter;
    std::vector<std::span<const Presence>> day;  // by product; of the day that is being added
    bool has_day = false;
  };
  FamilyMeter& meter_of(std::size_t family);

  const MeteringFamilies& families_;
  Period period_;
  std::unordered_map<std::size_t, FamilyMeter> meters_;
};

}  // namespace tallystick::core
#pragma GCC visibility pop
