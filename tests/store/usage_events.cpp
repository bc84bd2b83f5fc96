#include "store/usage_events.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace tallystick::store::test {
namespace {

// The usage events of an organization that no void took out, by product and resource.
using Name = std::pair<std::string, std::string>;
std::map<Name, std::vector<const core::UsageEvent*>> counting_events(const std::vector<core::Event>& accepted,
                                                                     const core::OrganizationId& organization) {
  std::set<std::pair<std::string, std::string>> gone;
  for (const core::Event& event : accepted) {
    const auto* correction = std::get_if<core::VoidEvent>(&event);
    if (correction != nullptr && correction->organization == organization) {
      gone.emplace(correction->target_source, correction->target_id);
    }
  }
  std::map<Name, std::vector<const core::UsageEvent*>> events;
  for (const core::Event& event : accepted) {
    const auto* usage = std::get_if<core::UsageEvent>(&event);
    if (usage == nullptr || usage->organization != organization || gone.contains({usage->source, usage->id})) continue;
    events[{usage->product, usage->resource}].push_back(usage);
  }
  return events;
}

std::vector<std::string> names_of(const UsageSnapshot& snapshot, const std::vector<core::ResourceNumber>& numbers) {
  const auto names = snapshot.names_of(numbers);
  if (!names) throw std::runtime_error(names.error().message);
  if (names->size() != numbers.size()) throw std::runtime_error("not a name for each number");
  return {names->begin(), names->end()};
}

// One day of one product.
void add_day(std::map<std::string, std::vector<core::Period>>& resources, const UsageSnapshot& snapshot, core::Day day,
             std::span<const core::Presence> pieces) {
  if (pieces.empty()) throw std::runtime_error("a product without presence");
  std::vector<core::ResourceNumber> numbers;
  for (const core::Presence& piece : pieces) numbers.push_back(piece.resource);
  const auto names = names_of(snapshot, numbers);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const core::Presence& piece = pieces[i];
    if (piece.start_ms >= piece.end_ms || piece.end_ms > core::Presence::day_ms) {
      throw std::runtime_error("a piece that is empty or leaves its day");
    }
    if (i > 0 && (pieces[i - 1].resource > piece.resource ||
                  (pieces[i - 1].resource == piece.resource && pieces[i - 1].end_ms >= piece.start_ms))) {
      throw std::runtime_error("pieces that are not in order or not merged");
    }
    const core::TimePoint midnight{day};
    resources[names[i]].push_back(
        {midnight + core::milliseconds{piece.start_ms}, midnight + core::milliseconds{piece.end_ms}});
  }
}

std::string text_of(std::string_view product, std::string_view resource, core::TimePoint time,
                    std::optional<core::TimePoint> until, core::Decimal amount) {
  std::string text(product);
  text.append(" ").append(resource).append(" ").append(core::to_string(time)).append(" ").append(amount.to_string());
  if (until) text.append(" until ").append(core::to_string(*until));
  return text;
}

}  // namespace

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
  Seen seen;
  const auto see = [&](const ProductUsage& product) {
    const auto [entry, is_new] = seen.try_emplace(std::string(product.product));
    if (!is_new) throw std::runtime_error("a product is there twice");
    if (product.resources.empty()) throw std::runtime_error("a product without usage");
    std::vector<core::ResourceNumber> numbers;
    for (const core::ResourceUsage& resource : product.resources) numbers.push_back(resource.resource);
    const auto names = names_of(snapshot, numbers);
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!entry->second.emplace(names[i], product.resources[i].usage).second) {
        throw std::runtime_error("a resource is there twice");
      }
    }
  };
  const auto read = snapshot.usage(
      organization, range, [](auto) { return false; }, see);
  if (!read) throw std::runtime_error(read.error().message);
  return seen;
}

Pools pools(const UsageSnapshot& snapshot, const core::OrganizationId& organization, core::Period range) {
  Pools pools;
  const auto see = [&](const ProductUsage& product) {
    if (product.resources.size() != 1) throw std::runtime_error("a pool that is not one");
    core::ResourceAggregate pool = product.resources.front().usage;
    pool.last_quantity = {};
    if (!pools.emplace(product.product, pool).second) throw std::runtime_error("a product is there twice");
  };
  const auto read = snapshot.usage(
      organization, range, [](auto) { return true; }, see);
  if (!read) throw std::runtime_error(read.error().message);
  return pools;
}

Pools pools(const Seen& seen) {
  Pools pools;
  for (const auto& [product, resources] : seen) {
    core::ResourceAggregate pool = resources.begin()->second;
    pool.sum = {};
    pool.count = 0;
    pool.last_quantity = {};
    for (const auto& [resource, usage] : resources) {
      pool.first_seen = std::min(pool.first_seen, usage.first_seen);
      pool.last_time = std::max(pool.last_time, usage.last_time);
      pool.sum = pool.sum.plus(usage.sum).value();
      pool.max = std::max(pool.max, usage.max);
      pool.count += usage.count;
    }
    pools.emplace(product, pool);
  }
  return pools;
}

Seen seen(const Store& store, const core::OrganizationId& organization, core::Period range) {
  return seen(*store.snapshot(), organization, range);
}

Seen seen(const Store& store, std::string_view from, std::string_view to) {
  return seen(store, bank, {at(from), at(to)});
}

Seen expected(const std::vector<core::Event>& accepted, const core::OrganizationId& organization, core::Period range) {
  Seen seen;
  for (const auto& [name, events] : counting_events(accepted, organization)) {
    std::vector<const core::UsageEvent*> inside;
    for (const core::UsageEvent* event : events) {
      if (!event->until && range.start <= event->time && event->time < range.end) inside.push_back(event);
    }
    if (inside.empty()) continue;
    core::ResourceAggregate total;
    total.first_seen = inside.front()->time;
    total.count = inside.size();
    core::int128 sum = 0;
    for (const core::UsageEvent* event : inside) {
      sum += event->quantity.units();
      total.max = std::max(total.max, event->quantity);
      total.first_seen = std::min(total.first_seen, event->time);
    }
    total.sum = core::Decimal::from_units(sum);
    const auto last = std::max_element(inside.begin(), inside.end(), [](const auto* a, const auto* b) {
      return std::tie(a->time, a->source, a->id) < std::tie(b->time, b->source, b->id);
    });
    total.last_time = (*last)->time;
    total.last_quantity = (*last)->quantity;
    seen[name.first][name.second] = total;
  }
  return seen;
}

Present present(const UsageSnapshot& snapshot, const core::OrganizationId& organization, core::Period range) {
  Present present;
  std::optional<core::Day> last_day;
  const auto use = [&](core::Day day, std::span<const core::ProductPresence> products) {
    if (last_day && day <= *last_day) throw std::runtime_error("days that are not in order");
    last_day = day;
    if (products.empty()) throw std::runtime_error("a day without presence");
    std::set<std::string> product_names;
    for (const core::ProductPresence& product : products) {
      const std::string key(product.product);
      if (!product_names.insert(key).second) throw std::runtime_error("a product is there twice on one day");
      add_day(present[key], snapshot, day, product.pieces);
    }
  };
  const auto read = snapshot.presence(organization, range, use);
  if (!read) throw std::runtime_error(read.error().message);
  return present;
}

Present present(const Store& store, const core::OrganizationId& organization, core::Period range) {
  return present(*store.snapshot(), organization, range);
}

Present present(const Store& store, std::string_view from, std::string_view to) {
  return present(store, bank, {at(from), at(to)});
}

Present expected_presence(const std::vector<core::Event>& accepted, const core::OrganizationId& organization,
                          core::Period range) {
  Present present;
  if (range.is_empty()) return present;
  for (const auto& [name, events] : counting_events(accepted, organization)) {
    // Wherever anything may change: ends of the range and of intervals, and the midnights that they hold.
    std::set<core::TimePoint> changes{range.start, range.end};
    for (const core::UsageEvent* event : events) {
      if (!event->until) continue;
      changes.insert({event->time, *event->until});
      for (core::Day day = core::day_of(event->time); day <= core::day_of(*event->until); day += std::chrono::days{1}) {
        changes.insert(core::TimePoint{day});
      }
    }
    std::vector<core::Period> pieces;
    for (auto from = changes.begin(); std::next(from) != changes.end(); ++from) {
      const bool is_covered = std::any_of(events.begin(), events.end(), [&](const core::UsageEvent* event) {
        return event->until && event->time <= *from && *from < *event->until;
      });
      if (!is_covered || *from < range.start || *from >= range.end) continue;
      const bool is_midnight = core::TimePoint{core::day_of(*from)} == *from;
      if (!pieces.empty() && pieces.back().end == *from && !is_midnight) {
        pieces.back().end = *std::next(from);
      } else {
        pieces.push_back({*from, *std::next(from)});
      }
    }
    if (!pieces.empty()) present[name.first][name.second] = pieces;
  }
  return present;
}

Told told(const UsageSnapshot& snapshot, const core::OrganizationId& organization, core::Period range) {
  Told told;
  const auto tell = [&](const CountingEvent& counting) {
    const core::MeteredEvent& event = counting.event;
    const std::string resource = names_of(snapshot, {counting.resource}).at(0);
    const bool is_new = told.try_emplace({std::string(event.source), std::string(event.id)},
                                         text_of(counting.product, resource, event.time, event.until, event.quantity))
                            .second;
    if (!is_new) throw std::runtime_error("an event is there twice");
  };
  const auto read = snapshot.events(organization, range, tell);
  if (!read) throw std::runtime_error(read.error().message);
  return told;
}

Told expected_told(const std::vector<core::Event>& accepted, const core::OrganizationId& organization,
                   core::Period range) {
  Told told;
  for (const auto& [name, events] : counting_events(accepted, organization)) {
    for (const core::UsageEvent* event : events) {
      const bool begins_before_end = event->time < range.end;
      const bool ends_after_start = event->until ? *event->until > range.start : event->time >= range.start;
      if (!begins_before_end || !ends_after_start || range.is_empty()) continue;
      told[{event->source, event->id}] = text_of(name.first, name.second, event->time, event->until, event->quantity);
    }
  }
  return told;
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

void PrintTo(const Period& period, std::ostream* out) {
  *out << to_string(period.start) << "/" << to_string(period.end);
}

}  // namespace tallystick::core
