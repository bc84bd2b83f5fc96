#include "store/usage_events.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace tallystick::store::test {

core::TimePoint at(std::string_view text) {
  const auto time = core::parse_time(text);
  if (!time) throw std::invalid_argument("not a time: " + std::string(text));
  return *time;
}

core::Decimal quantity(std::string_view text) {
  const auto value = core::Decimal::parse(text);
  if (!value) throw std::invalid_argument("not a decimal: " + std::string(text));
  return *value;
}

core::OrganizationId organization(std::uint8_t number) {
  core::OrganizationId id;
  id.bytes.back() = number;
  return id;
}

core::Event used(const Used& what) {
  core::UsageEvent event;
  event.source = what.source;
  event.id = what.id;
  event.organization = what.organization;
  event.product = what.product;
  event.resource = what.resource;
  event.time = at(what.time);
  event.quantity = quantity(what.quantity);
  if (!what.until.empty()) event.until = at(what.until);
  return event;
}

core::Event voided(const std::string& id, const std::string& target, const core::OrganizationId& organization) {
  return core::VoidEvent{"s", id, organization, "s", target};
}

std::vector<BatchOutcome> commit_group(Store& store, const std::vector<std::vector<core::Event>>& batches) {
  const std::vector<EventBatch> group(batches.begin(), batches.end());
  auto outcomes = store.commit(group);
  if (!outcomes) throw std::runtime_error(outcomes.error().message);
  return *outcomes;
}

BatchOutcome commit(Store& store, const std::vector<core::Event>& batch) {
  const BatchOutcome outcome = commit_group(store, std::vector<std::vector<core::Event>>{batch}).at(0);
  if (!outcome.refused_voids.empty()) throw std::runtime_error("the batch was refused");
  return outcome;
}

Seen seen(const UsageSnapshot& snapshot, const core::OrganizationId& organization, core::Period range) {
  const auto usage = snapshot.usage(organization, range);
  if (!usage) throw std::runtime_error(usage.error().message);
  Seen seen;
  for (const ProductUsage& product : *usage) {
    auto& resources = seen[std::string(product.product)];
    for (const core::ResourceUsage& resource : product.resources) {
      if (!resources.emplace(std::string(resource.name), resource.usage).second) {
        throw std::runtime_error("a resource is there twice");
      }
    }
  }
  return seen;
}

Seen seen(const Store& store, const core::OrganizationId& organization, core::Period range) {
  return seen(*store.snapshot(), organization, range);
}

Seen seen(const Store& store, std::string_view from, std::string_view to) {
  return seen(store, bank, {at(from), at(to)});
}

Seen expected(const std::vector<core::Event>& accepted, const core::OrganizationId& organization, core::Period range) {
  std::set<std::pair<std::string, std::string>> gone;
  for (const core::Event& event : accepted) {
    const auto* correction = std::get_if<core::VoidEvent>(&event);
    if (correction != nullptr && correction->organization == organization) {
      gone.emplace(correction->target_source, correction->target_id);
    }
  }
  std::map<std::pair<std::string, std::string>, std::vector<const core::UsageEvent*>> of_resource;
  for (const core::Event& event : accepted) {
    const auto* usage = std::get_if<core::UsageEvent>(&event);
    if (usage == nullptr || usage->organization != organization || gone.contains({usage->source, usage->id})) continue;
    of_resource[{usage->product, usage->resource}].push_back(usage);
  }
  Seen seen;
  if (range.end <= range.start) return seen;
  for (const auto& [name, events] : of_resource) {
    std::vector<core::TimePoint> moments;
    std::vector<const core::UsageEvent*> inside;
    for (const core::UsageEvent* event : events) {
      if (range.start <= event->time && event->time < range.end) {
        moments.push_back(event->time);
        inside.push_back(event);
      } else if (event->until && event->time<range.start&& * event->until> range.start) {
        moments.push_back(range.start);
      }
    }
    if (moments.empty()) continue;
    core::ResourceAggregate total;
    total.first_seen = *std::min_element(moments.begin(), moments.end());
    total.count = inside.size();
    core::int128 sum = 0;
    for (const core::UsageEvent* event : inside) {
      sum += event->quantity.units();
      total.max = std::max(total.max, event->quantity);
    }
    total.sum = core::Decimal::from_units(sum);
    const auto last = std::max_element(inside.begin(), inside.end(), [](const auto* a, const auto* b) {
      return std::tie(a->time, a->source, a->id) < std::tie(b->time, b->source, b->id);
    });
    if (last != inside.end()) {
      total.last_time = (*last)->time;
      total.last_quantity = (*last)->quantity;
    }
    seen[name.first][name.second] = total;
  }
  return seen;
}

}  // namespace tallystick::store::test

namespace tallystick::core {

std::ostream& operator<<(std::ostream& out, const ResourceAggregate& usage) {
  return out << "{first " << to_string(usage.first_seen) << ", last " << to_string(usage.last_time) << ", sum "
             << usage.sum.to_string() << ", max " << usage.max.to_string() << ", last quantity "
             << usage.last_quantity.to_string() << ", count " << usage.count << "}";
}

void PrintTo(const ResourceAggregate& usage, std::ostream* out) {
  *out << usage;
}

}  // namespace tallystick::core
