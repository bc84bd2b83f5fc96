#include "store/embedded/event_reading.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "store/embedded/voided_events.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::chrono::days one_day{1};

// An event without `until` covers the moment of its time.
core::Period covered_by(const core::MeteredEvent& event) {
  return {event.time, event.until.value_or(event.time + core::milliseconds{1})};
}

}  // namespace

EventReading::EventReading(UsageSources sources)
    : sources_(std::move(sources)), blocks_(sources_.database, sources_.snapshot) {}

StoreStatus EventReading::read(const core::Period& range, const UsageSnapshot::UseEvent& use) {
  const core::Day first = core::day_of(range.start);
  const core::Day last = core::day_of(range.end - core::milliseconds{1});
  if (auto found = find_voided(first, last); !found) return found;
  if (auto read = read_sealed(range, first, last, use); !read) return read;
  return read_tails(range, use);
}

StoreStatus EventReading::find_voided(core::Day first, core::Day last) {
  voided_.clear();
  for (const Tail::View& tail : sources_.tails) {
    for (const VoidedEvent& event : tail.voided) voided_.insert(event.pair);
  }
  return VoidedDayReader(sources_.database, sources_.snapshot, sources_.number)
      .read(first, last, [this](const VoidedDay& voided) { voided_.insert(voided.pair); });
}

// An interval is in the blocks of every day that it touches; it is handed over on the first of these in the range.
StoreStatus EventReading::read_sealed(const core::Period& range, core::Day first, core::Day last,
                                      const UsageSnapshot::UseEvent& use) {
  DayOfProduct from{ProductNumber{}, first};
  while (true) {
    const auto next = blocks_.first_from(sources_.number, from);
    if (!next) return fail(next.error());
    if (!*next) return {};
    const ProductNumber product = (**next).product;
    const core::Day day = (**next).day;
    if (day < first || day > last) {
      from = day < first ? DayOfProduct{product, first} : DayOfProduct{after(product), first};
      continue;
    }
    const auto key = key_of(product);
    if (!key) return fail(key.error());
    const core::Period whole_day = period_of(day);
    auto read = blocks_.read(sources_.number, product, whole_day, [&](std::span<const BlockEvent> block) {
      for (const BlockEvent& entry : block) {
        const core::MeteredEvent& event = entry.event;
        if (std::max(first, core::day_of(event.time)) != day || !range.intersection(covered_by(event))) continue;
        const bool is_voided =
            !voided_.empty() && voided_.contains(sources_.hasher.pair(sources_.organization, event.source, event.id));
        if (!is_voided) use({*key, entry.resource, event});
      }
      return StoreStatus();
    });
    if (!read) return read;
    from = {product, day + one_day};
  }
}

StoreStatus EventReading::read_tails(const core::Period& range, const UsageSnapshot::UseEvent& use) {
  for (const Tail::View& tail : sources_.tails) {
    for (const ProductNumber product : tail.streams.products()) {
      const auto key = key_of(product);
      if (!key) return fail(key.error());
      for (const TailEvent* event : tail.streams.of(product)) {
        if (!range.intersection(covered_by(event->event)) || voided_.contains(event->pair)) continue;
        use({*key, event->resource, event->event});
      }
    }
  }
  return {};
}

Stored<std::optional<core::Period>> EventReading::days() {
  std::optional<core::Period> days;
  const auto add = [&](core::Day first, core::Day last) {
    const core::Period whole{core::TimePoint{first}, core::TimePoint{last + one_day}};
    days = days ? core::Period{std::min(days->start, whole.start), std::max(days->end, whole.end)} : whole;
  };
  DayOfProduct from{ProductNumber{}, core::Day{}};
  while (true) {
    const auto first = blocks_.first_from(sources_.number, from);
    if (!first) return fail(first.error());
    if (!*first) break;
    const ProductNumber product = (*first)->product;
    const auto last = blocks_.last_day(sources_.number, product);
    if (!last) return fail(last.error());
    add((*first)->day, last->value_or((*first)->day));
    from = {after(product), core::Day{}};
  }
  for (const Tail::View& tail : sources_.tails) {
    for (const ProductNumber product : tail.streams.products()) {
      for (const TailEvent* event : tail.streams.of(product))
        add(event->place().first_day(), event->place().last_day());
    }
  }
  return days;
}

Stored<std::string_view> EventReading::key_of(ProductNumber product) const {
  const std::array<std::uint32_t, 1> number{value_of(product)};
  const auto keys = sources_.dictionary.table(Dictionary::Kind::product).names_of(number);
  if (!keys) return fail(sources_.database.corrupt("events of a product without a key"));
  return keys->front();
}

}  // namespace tallystick::store::embedded
