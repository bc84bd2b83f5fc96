#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "tallystick/core/decimal.hpp"
#include "tallystick/core/period.hpp"
#include "tallystick/core/presence.hpp"
#include "tallystick/core/result.hpp"

#pragma GCC visibility push(default)
/// Events without `until` as meterings see them: what those of one resource amount to.
namespace tallystick::core {

/// What the events of one resource amount to within a stretch of time. It keeps what each metering needs, so the same
/// roll-up serves all of them, and two stretches side by side merge into one.
struct ResourceAggregate {
  TimePoint first_seen;  ///< the time of the earliest event
  TimePoint last_time;   ///< the time of the event that gave last_quantity
  Decimal sum;
  Decimal max;
  Decimal last_quantity;    ///< of the latest event; of two at one time the greater (source, id) in byte order
  std::uint64_t count = 0;  ///< events; never 0 but in an empty fold

  friend bool operator==(const ResourceAggregate&, const ResourceAggregate&) = default;
};

/// A resource's aggregate over the whole period asked for.
struct ResourceUsage {
  ResourceNumber resource{};
  ResourceAggregate usage;
};

/// A usage event as far as totals look at it. Texts are borrowed.
struct MeteredEvent {
  TimePoint time;
  std::optional<TimePoint> until;
  Decimal quantity;
  std::string_view source;
  std::string_view id;

  /// What decides between two last quantities at one time: the greater one in byte order wins.
  [[nodiscard]] std::pair<std::string_view, std::string_view> name() const { return {source, id}; }
};

/// A resource's aggregate over one stretch of time while it is being added up, from events, from aggregates of shorter
/// stretches, or from both. The order of the additions does not matter. Texts of added events stay borrowed until the
/// fold is gone. Of two last quantities at one time the one of the greater (source, id) in byte order wins
/// (docs/domain.md, "How products count").
class AggregateFold {
 public:
  AggregateFold() = default;
  /// An aggregate that was kept: its last event's (source, id) is not known any more.
  AggregateFold(const ResourceAggregate& kept, bool last_is_tied) : aggregate_(kept), last_is_tied_(last_is_tied) {}

  /// Adds an event without `until`. The one fault: the sum overflows.
  [[nodiscard]] Status<DecimalFault> add(const MeteredEvent& event);
  /// Adds another fold of the same resource, which shares no event with this one.
  [[nodiscard]] Status<DecimalFault> add(const AggregateFold& other);

  /// Nothing was added.
  [[nodiscard]] bool is_empty() const { return aggregate_.count == 0; }
  [[nodiscard]] const ResourceAggregate& aggregate() const { return aggregate_; }

  /// True where two events share last_time with different quantities, and the (source, id) that decides was not kept:
  /// last_quantity is then only a candidate until settle_last.
  [[nodiscard]] bool last_is_tied() const { return last_is_tied_; }
  /// Says which quantity the events at last_time decide on.
  void settle_last(Decimal last_quantity);

 private:
  using Name = std::pair<std::string_view, std::string_view>;
  // Of two last events at one time. `name`: where it is known.
  void settle_or_tie(Decimal quantity, const Name* name, bool is_tied);

  ResourceAggregate aggregate_;
  Name last_name_;
  bool last_is_named_ = false;
  bool last_is_tied_ = false;
};

}  // namespace tallystick::core
#pragma GCC visibility pop
