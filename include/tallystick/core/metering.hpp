#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "tallystick/core/aggregate.hpp"
#include "tallystick/core/catalog.hpp"
#include "tallystick/core/period.hpp"
#include "tallystick/core/presence.hpp"
#include "tallystick/core/result.hpp"

#pragma GCC visibility push(default)
/// The kinds of metering (domain.md, "Products and how they count"): what each asks of events and catalogs, and how it
/// makes a number. A kind is a class in src/core/meterings and a row in src/core/metering.cpp.
namespace tallystick::core {

/// For how long, at how many at once, a concurrent product was used.
struct Concurrency {
  /// A number of resources that were present at once.
  struct Level {
    std::uint64_t count = 0;
    milliseconds length{0};  ///< in all, with `count` or more present
  };
  /// One hour of the clock.
  struct Hour {
    TimePoint time;         ///< a full hour in UTC; the first may begin before the period does
    std::uint64_t max = 0;  ///< the most that were present at once
  };
  std::vector<Level> levels;  ///< 1 to the most that were ever present
  std::vector<Hour> hours;    ///< every hour that shares a moment with the period
};

/// A product's number for a period.
struct Metered {
  /// One that counts.
  struct Resource {
    ResourceNumber resource{};
    TimePoint date;            ///< the first moment in the period at which it counts for the product
    milliseconds presence{0};  ///< for how long it counts; of a concurrent product alone
  };
  Decimal total;
  /// Those that count. Of a concurrent product those that are to be listed by presence and name: `listed_max` of them
  /// are, and they are all whose presence may be among the longest.
  std::vector<Resource> resources;
  std::optional<std::size_t> listed_max;
  std::optional<Concurrency> concurrency;  ///< of a concurrent product
};

/// Adds one period's usage up, of one product or of all the products of a family. Products are numbered by rising rank;
/// a single product is 0. First all that is added, then one finish. The order in which aggregates are added does not
/// matter; days come in their order.
class Meter {
 public:
  Meter() = default;
  Meter(const Meter&) = delete;
  Meter& operator=(const Meter&) = delete;
  virtual ~Meter() = default;

  /// What resources used outside of intervals. The one fault: an overflow of the total.
  [[nodiscard]] virtual Status<DecimalFault> add(std::size_t product, std::span<const ResourceUsage> resources);
  /// One day's presence, product by product, clipped to the period and merged. A product without any has no pieces.
  virtual void add_day(Day day, std::span<const std::span<const Presence>> products);
  /// A number for each product, absent where no resource counts for it. The one fault: an overflow of a total.
  [[nodiscard]] virtual Result<std::vector<std::optional<Metered>>, DecimalFault> finish() = 0;
};

/// What distinguishes a kind of metering.
struct MeteringRule {
  enum class Until { refused, optional, required };
  MeteringKind kind{};
  std::string_view name;  ///< as catalogs spell it
  Until until{};          ///< whether its events have one; where it is required, their quantity is 1
  bool has_families = false;
  bool has_steps = false;  ///< step_seconds and unit
  /// Whether the total is the same when all of a product's resources are taken for one, outside of intervals.
  bool is_pooled = false;
  /// `family`: the products by rising rank, at least one, all of this kind.
  std::unique_ptr<Meter> (*make)(std::span<const Product* const> family, const Period& period) = nullptr;
};

/// Every kind, in the order of the enumeration.
[[nodiscard]] std::span<const MeteringRule> metering_rules();
[[nodiscard]] const MeteringRule& rule_of(MeteringKind kind);

/// A unit with its name.
struct MeteringUnitName {
  MeteringUnit unit{};
  std::string_view name;  ///< as catalogs spell it
};
/// Every unit, in the order of the enumeration.
[[nodiscard]] std::span<const MeteringUnitName> metering_units();

/// As catalogs spell them.
[[nodiscard]] std::string_view to_string(MeteringKind kind);
[[nodiscard]] std::string_view to_string(MeteringUnit unit);
[[nodiscard]] std::optional<MeteringKind> find_metering_kind(std::string_view name);
[[nodiscard]] std::optional<MeteringUnit> find_metering_unit(std::string_view name);

/// The unit of a `duration`: hours unless said otherwise.
[[nodiscard]] constexpr MeteringUnit unit_of(const Metering& metering) {
  return metering.unit.value_or(MeteringUnit::hour);
}
/// `duration` rounds each merged piece up to it, from 1 second to a day.
inline constexpr std::int64_t step_seconds_max = 86'400;

/// A metered resource with its name, borrowed.
struct ListedResource {
  std::string_view name;
  TimePoint date;
  milliseconds presence{0};
};

/// The resources that are listed, by name in byte order. `names`: those of metered.resources, in the same order. Of a
/// concurrent product the longest present are chosen, of equals the first by name (domain.md, "Report").
[[nodiscard]] std::vector<ListedResource> listed_resources(const Metered& metered,
                                                           std::span<const std::string_view> names);

}  // namespace tallystick::core
#pragma GCC visibility pop
