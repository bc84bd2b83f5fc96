#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>

#include "core/meterings/meterings.hpp"

namespace tallystick::core {
namespace {

/// How many different resources were seen; in a family each at the highest rank of the whole period alone.
class UniqueMeter final : public Meter {
 public:
  explicit UniqueMeter(std::size_t products) : products_(products) {}

  Status<DecimalFault> add(std::size_t product, std::span<const ResourceUsage> resources) override {
    seen_.reserve(seen_.size() + resources.size());
    for (const ResourceUsage& each : resources) see(product, each.resource, each.usage.first_seen);
    return {};
  }

  void add_day(Day day, std::span<const std::span<const Presence>> products) override {
    for (std::size_t product = 0; product < products.size(); ++product) {
      for (const Presence& piece : products[product]) {
        see(product, piece.resource, TimePoint{day} + milliseconds{piece.start_ms});
      }
    }
  }

  Result<std::vector<std::optional<Metered>>, DecimalFault> finish() override {
    std::vector<std::optional<Metered>> metered(products_);
    for (const auto& [resource, at_highest] : seen_) {
      auto& of_product = metered[at_highest.product];
      if (!of_product) of_product.emplace();
      of_product->resources.push_back({resource, at_highest.date});
    }
    for (auto& of_product : metered) {
      if (!of_product) continue;
      of_product->total = Decimal::from_integer(static_cast<std::int64_t>(of_product->resources.size()));
    }
    return metered;
  }

 private:
  struct Seen {
    std::size_t product = 0;
    TimePoint date;
  };

  void see(std::size_t product, ResourceNumber resource, TimePoint moment) {
    const auto [entry, is_new] = seen_.try_emplace(resource, Seen{product, moment});
    if (is_new) return;
    Seen& known = entry->second;
    if (product == known.product) {
      known.date = std::min(known.date, moment);
    } else if (product > known.product) {
      known = {product, moment};
    }
  }

  std::size_t products_;
  boost::unordered_flat_map<ResourceNumber, Seen> seen_;
};

}  // namespace

std::unique_ptr<Meter> make_unique_meter(Family family, const Period&) {
  return std::make_unique<UniqueMeter>(family.size());
}

}  // namespace tallystick::core
