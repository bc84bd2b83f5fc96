#include "tallystick/core/event.hpp"

#include <algorithm>

namespace tallystick::core {
namespace {

using Faults = std::vector<EventFault>;

void check_size(Faults& faults, EventField field, std::size_t bytes, std::size_t bytes_max) {
  if (bytes == 0) faults.push_back({field, "must not be empty"});
  if (bytes > bytes_max) {
    faults.push_back(
        {field, "has " + std::to_string(bytes) + " bytes, at most " + std::to_string(bytes_max) + " are allowed"});
  }
}

void check_until(Faults& faults, const UsageEvent& event, const MeteringRule& rule) {
  const std::string counts = "the product counts by " + std::string(rule.name);
  if (!event.until) {
    if (rule.until != MeteringRule::Until::required) return;
    faults.push_back({EventField::until, "is required: " + counts + "; send an interval once it has ended"});
  } else if (rule.until == MeteringRule::Until::refused) {
    faults.push_back({EventField::until, "is not allowed: " + counts});
  } else if (*event.until <= event.time) {
    faults.push_back({EventField::until, "must be after the event's time"});
  } else if (*event.until - event.time > event_interval_max) {
    faults.push_back({EventField::until, "must be at most 366 days after the event's time"});
  }
}

void check_usage(Faults& faults, const UsageEvent& event, const EventContext& context) {
  check_size(faults, EventField::resource, event.resource.size(), event_resource_bytes_max);
  if (event.time < event_time_min) faults.push_back({EventField::time, "must not be before 1970"});
  if (event.time > context.now + event_ahead_max) {
    faults.push_back(
        {EventField::time, "is more than 24 hours ahead of the server's clock, which reads " + to_string(context.now)});
  }
  if (event.quantity.is_negative()) {
    faults.push_back({EventField::quantity, "must not be negative: void the mistaken event and send it anew"});
  }
  if (context.metering == nullptr) {
    faults.push_back({EventField::product, "no product of the catalog has this key"});
    return;
  }
  const MeteringRule& rule = rule_of(*context.metering);
  check_until(faults, event, rule);
  if (rule.until == MeteringRule::Until::required && event.quantity != Decimal::from_integer(1)) {
    faults.push_back({EventField::quantity, "must be 1: the product counts by " + std::string(rule.name)});
  }
}

void check_void(Faults& faults, const VoidEvent& event) {
  check_size(faults, EventField::target_source, event.target_source.size(), event_source_bytes_max);
  check_size(faults, EventField::target_id, event.target_id.size(), event_id_bytes_max);
  if (event.source == event.target_source && event.id == event.target_id) {
    faults.push_back({EventField::target_id, "names the void itself, and a void cannot be voided"});
  }
}

}  // namespace

std::vector<EventFault> check_event(const Event& event, const EventContext& context) {
  Faults faults;
  check_size(faults, EventField::source, source_of(event).size(), event_source_bytes_max);
  check_size(faults, EventField::id, id_of(event).size(), event_id_bytes_max);
  if (!context.organization_known)
    faults.push_back({EventField::organization, "no organization of the catalog has this id"});
  if (const auto* usage = std::get_if<UsageEvent>(&event)) {
    check_usage(faults, *usage, context);
  } else {
    check_void(faults, std::get<VoidEvent>(event));
  }
  return faults;
}

const std::string& source_of(const Event& event) {
  return std::visit([](const auto& e) -> const std::string& { return e.source; }, event);
}
const std::string& id_of(const Event& event) {
  return std::visit([](const auto& e) -> const std::string& { return e.id; }, event);
}
const OrganizationId& organization_of(const Event& event) {
  return std::visit([](const auto& e) -> const OrganizationId& { return e.organization; }, event);
}

}  // namespace tallystick::core
