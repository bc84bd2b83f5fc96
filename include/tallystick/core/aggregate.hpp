#pragma once
#include <optional>
#include <string_view>
#include <utility>

#include "tallystick/core/decimal.hpp"
#include "tallystick/core/metering.hpp"
#include "tallystick/core/period.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::core {

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
/// fold is gone.
///
/// domain.md, "The small print": an event with `until` is seen throughout [time, until). One that began before the
/// range adds nothing but first_seen = the range's start; without any other event last_time, sum, max and last_quantity
/// keep their defaults. Of two last quantities at one time the one of the greater (source, id) in byte order wins.
class AggregateFold {
 public:
  AggregateFold() = default;
  /// An aggregate that was kept: its last event's (source, id) is not known any more.
  AggregateFold(const ResourceAggregate& kept, bool last_is_tied);

  /// Adds what the event means within `range`; an event outside of it adds nothing. The one fault: the sum overflows.
  [[nodiscard]] Status<DecimalFault> add(const MeteredEvent& event, const Period& range);
  /// Adds another fold of the same resource, which shares no event with this one.
  [[nodiscard]] Status<DecimalFault> add(const AggregateFold& other);

  /// Nothing that was added lies inside the range.
  [[nodiscard]] bool is_empty() const { return !is_seen_; }
  [[nodiscard]] const ResourceAggregate& aggregate() const { return aggregate_; }

  /// True where two events share last_time with different quantities, and the (source, id) that decides was not kept:
  /// last_quantity is then only a candidate until settle_last.
  [[nodiscard]] bool last_is_tied() const { return last_is_tied_; }
  /// Says which quantity the events at last_time decide on.
  void settle_last(Decimal last_quantity);

 private:
  using Name = std::pair<std::string_view, std::string_view>;
  struct Last {
    TimePoint time;
    Decimal quantity;
    Name name;
    bool is_named;  // the name is known
    bool is_tied;
  };
  void see(TimePoint moment);
  void add_last(const Last& last);
  [[nodiscard]] Last last() const;

  ResourceAggregate aggregate_;
  Name last_name_;
  bool is_seen_ = false;
  bool last_is_named_ = false;
  bool last_is_tied_ = false;
};

}  // namespace tallystick::core
