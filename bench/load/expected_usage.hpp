#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "load/usage_load.hpp"

/// What the right answers are: the load added up in memory, without any contender's code.
namespace tallystick::bench {

struct ProductTotal {
  std::int64_t tenths = 0;      ///< the sum of all quantities
  std::uint64_t resources = 0;  ///< how many different ones were used
  friend bool operator==(const ProductTotal&, const ProductTotal&) = default;
};

/// By product; those without usage are not in it.
using UsageTotals = std::map<std::uint16_t, ProductTotal>;

struct UsageQuestion {
  std::uint16_t organization = 0;
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
};

/// The first `size` events of a load.
class ExpectedUsage {
 public:
  ExpectedUsage(const Load& load, std::uint64_t size, std::span<const UsageQuestion> questions);

  [[nodiscard]] std::uint64_t accepted() const { return accepted_; }
  [[nodiscard]] std::uint64_t duplicates() const { return duplicates_; }
  /// In the order of the questions.
  [[nodiscard]] const std::vector<UsageTotals>& totals() const { return totals_; }

 private:
  std::uint64_t accepted_ = 0;
  std::uint64_t duplicates_ = 0;
  std::vector<UsageTotals> totals_;
};

}  // namespace tallystick::bench
