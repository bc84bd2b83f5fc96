#include "tallystick/core/aggregate.hpp"

#include <algorithm>

namespace tallystick::core {

AggregateFold::AggregateFold(const ResourceAggregate& kept, bool last_is_tied)
    : aggregate_(kept), last_is_tied_(last_is_tied) {}

Status<DecimalFault> AggregateFold::add(const MeteredEvent& event) {
  const auto sum = aggregate_.sum.plus(event.quantity);
  if (!sum) return fail(sum.error());
  aggregate_.sum = *sum;
  aggregate_.first_seen = is_empty() ? event.time : std::min(aggregate_.first_seen, event.time);
  aggregate_.max = std::max(aggregate_.max, event.quantity);
  add_last({event.time, event.quantity, event.name(), true, false});
  ++aggregate_.count;
  return {};
}

Status<DecimalFault> AggregateFold::add(const AggregateFold& other) {
  if (other.is_empty()) return {};
  const auto sum = aggregate_.sum.plus(other.aggregate_.sum);
  if (!sum) return fail(sum.error());
  aggregate_.sum = *sum;
  aggregate_.first_seen =
      is_empty() ? other.aggregate_.first_seen : std::min(aggregate_.first_seen, other.aggregate_.first_seen);
  aggregate_.max = std::max(aggregate_.max, other.aggregate_.max);
  add_last(other.last());
  aggregate_.count += other.aggregate_.count;
  return {};
}

void AggregateFold::settle_last(Decimal last_quantity) {
  aggregate_.last_quantity = last_quantity;
  last_is_tied_ = false;
}

AggregateFold::Last AggregateFold::last() const {
  return {aggregate_.last_time, aggregate_.last_quantity, last_name_, last_is_named_, last_is_tied_};
}

// Called before the candidate's events are counted: an empty fold has no last event yet.
void AggregateFold::add_last(const Last& candidate) {
  Last chosen = last();
  if (is_empty() || candidate.time > chosen.time) {
    chosen = candidate;
  } else if (candidate.time < chosen.time) {
    return;
  } else if (candidate.is_named && chosen.is_named) {
    if (candidate.name > chosen.name) chosen = candidate;
  } else {
    // One name is unknown. With equal quantities it does not matter which one wins.
    chosen.is_tied = chosen.is_tied || candidate.is_tied || candidate.quantity != chosen.quantity;
    chosen.quantity = std::max(chosen.quantity, candidate.quantity);
    chosen.is_named = false;
  }
  aggregate_.last_time = chosen.time;
  aggregate_.last_quantity = chosen.quantity;
  last_name_ = chosen.name;
  last_is_named_ = chosen.is_named;
  last_is_tied_ = chosen.is_tied;
}

}  // namespace tallystick::core
