#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "load/expected_usage.hpp"
#include "load/usage_load.hpp"

/// What is measured against each other without HTTP. All do the same: they take groups of events durably and each
/// event once, keep every event, keep roll-ups by organization, product, day and resource, and answer from these how
/// much each resource used.
namespace tallystick::bench {

struct GroupOutcome {
  std::uint64_t accepted = 0;
  std::uint64_t duplicates = 0;
};

/// A group of events in the form in which a contender takes them.
class PreparedGroup {
 public:
  PreparedGroup() = default;
  PreparedGroup(const PreparedGroup&) = delete;
  PreparedGroup& operator=(const PreparedGroup&) = delete;
  virtual ~PreparedGroup() = default;
};

/// Faults of every kind are std::runtime_error.
class Contender {
 public:
  Contender() = default;
  Contender(const Contender&) = delete;
  Contender& operator=(const Contender&) = delete;
  virtual ~Contender() = default;

  /// Runs ahead, on another thread than the rest.
  [[nodiscard]] virtual std::unique_ptr<PreparedGroup> prepare(std::span<const LoadEvent> events) const = 0;
  /// When it returns the group is durable: every contender is set up to survive a power cut.
  [[nodiscard]] virtual GroupOutcome commit(PreparedGroup& group) = 0;
  /// What each resource of the organization used on the days of the question, read resource by resource and then
  /// added up by product. The question's times are midnights.
  [[nodiscard]] virtual UsageTotals report(const UsageQuestion& question) = 0;
};

[[nodiscard]] std::unique_ptr<Contender> make_tallystick_store(const std::string& directory);
/// `connection`: for libpq, such as `host=/tmp/x dbname=postgres user=bench`.
[[nodiscard]] std::unique_ptr<Contender> make_postgresql(const std::string& connection);
[[nodiscard]] std::unique_ptr<Contender> make_sqlite(const std::string& directory);
[[nodiscard]] std::unique_ptr<Contender> make_rocksdb_rows(const std::string& directory);

/// A quantity as peers keep it: a count of 10^-9, as ours does.
[[nodiscard]] constexpr std::int64_t quantity_units(const LoadEvent& event) {
  return std::int64_t{event.quantity_tenths} * 100'000'000;
}
[[nodiscard]] constexpr std::int64_t tenths_of_units(std::int64_t units) {
  return units / 100'000'000;
}
inline constexpr std::int64_t day_ms = 86'400'000;

}  // namespace tallystick::bench
