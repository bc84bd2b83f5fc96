#include "tallystick/core/aggregate.hpp"

#include <algorithm>

namespace tallystick::core {

Status<DecimalFault> AggregateFold::add(const MeteredEvent& event) {
  const auto sum = aggregate_.sum.plus(event.quantity);
  if (!sum) return fail(sum.error());
  aggregate_.sum = *sum;
  aggregate_.first_seen = is_empty() ? event.time : std::min(aggregate_.first_seen, event.time);
  aggregate_.max = std::max(aggregate_.max, event.quantity);
  if (is_empty() || event.time > aggregate_.last_time) {
    aggregate_.last_time = event.time;
    aggregate_.last_quantity = event.quantity;
    last_name_ = event.name();
    last_is_named_ = true;
    last_is_tied_ = false;
  } else if (event.time == aggregate_.last_time) {
    const Name name = event.name();
    settle_or_tie(event.quantity, &name, false);
  }
  ++aggregate_.count;
  return {};
}

Status<DecimalFault> AggregateFold::add(const AggregateFold& other) {
  if (other.is_empty()) return {};
  if (is_empty()) {
    *this = other;
    return {};
  }
  const auto sum = aggregate_.sum.plus(other.aggregate_.sum);
  if (!sum) return fail(sum.error());
  aggregate_.sum = *sum;
  aggregate_.first_seen = std::min(aggregate_.first_seen, other.aggregate_.first_seen);
  aggregate_.max = std::max(aggregate_.max, other.aggregate_.max);
  if (other.aggregate_.last_time > aggregate_.last_time) {
    aggregate_.last_time = other.aggregate_.last_time;
    aggregate_.last_quantity = other.aggregate_.last_quantity;
    last_name_ = other.last_name_;
    last_is_named_ = other.last_is_named_;
    last_is_tied_ = other.last_is_tied_;
  } else if (other.aggregate_.last_time == aggregate_.last_time) {
    settle_or_tie(other.aggregate_.last_quantity, other.last_is_named_ ? &other.last_name_ : nullptr,
                  other.last_is_tied_);
  }
  aggregate_.count += other.aggregate_.count;
  return {};
}

void AggregateFold::settle_last(Decimal last_quantity) {
  aggregate_.last_quantity = last_quantity;
  last_is_tied_ = false;
}

void AggregateFold::settle_or_tie(Decimal quantity, const Name* name, bool is_tied) {
  if (name != nullptr && last_is_named_) {
    if (*name <= last_name_) return;
    aggregate_.last_quantity = quantity;
    last_name_ = *name;
    last_is_tied_ = is_tied;
    return;
  }
  // One name is unknown. With equal quantities it does not matter which one wins.
  last_is_tied_ = last_is_tied_ || is_tied || quantity != aggregate_.last_quantity;
  aggregate_.last_quantity = std::max(aggregate_.last_quantity, quantity);
  last_is_named_ = false;
}

}  // namespace tallystick::core
