#pragma once
#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "store/embedded/rollup_entries.hpp"
#include "store/embedded/rollup_rows.hpp"
#include "store/embedded/tail.hpp"

namespace tallystick::store::embedded {

/// Makes the roll-up rows of one organization's events when a tail is sealed.
class RollupSealing {
 public:
  /// Takes rows in the order of their keys.
  using UseRow = std::function<void(const std::string& key, const std::string& value)>;

  RollupSealing(OrganizationNumber organization, UseRow use) : organization_(organization), use_(std::move(use)) {}

  /// Writes the rows of a product, later than the one before; intervals are left out. False: a sum overflows.
  [[nodiscard]] bool add(ProductNumber product, std::span<const TailEvent* const> events);
  /// Writes the rows of all products.
  void finish();

 private:
  struct Moment {
    std::uint32_t month = 0;
    RollupPosition position;
    const TailEvent* event = nullptr;
  };
  [[nodiscard]] bool add_month(ProductNumber product, std::span<const Moment> moments);

  OrganizationNumber organization_;
  UseRow use_;
  RollupWriter row_;
  /// By month and product: the order of the rows and of their entries.
  std::map<std::pair<std::uint32_t, ProductNumber>, std::map<unsigned, core::AggregateFold>> products_;
};

}  // namespace tallystick::store::embedded
