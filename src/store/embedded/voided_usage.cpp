#include "store/embedded/voided_usage.hpp"

#include <algorithm>
#include <vector>

namespace tallystick::store::embedded {
namespace {

using TailDays = TouchedDays<const VoidedEvent*>;

// The voided intervals in memory that touch a day of [first, last].
TailDays intervals_of(const UsageSources& sources, core::Day first, core::Day last) {
  std::vector<TailDays::Item> items;
  for (const Tail::View& tail : sources.tails) {
    for (const VoidedEvent& event : tail.voided) {
      if (!event.place.until) continue;
      const core::Day from = std::max(first, event.place.first_day());
      const core::Day to = std::min(last, event.place.last_day());
      if (from <= to) items.push_back({from, to, &event});
    }
  }
  return TailDays(std::move(items));
}

}  // namespace

void VoidedUsage::mark(const PairHash& pair, ProductNumber product, core::ResourceNumber resource, core::Day day) {
  pairs_.insert(pair);
  days_[product][day].insert(resource);
}

void VoidedUsage::clear() {
  pairs_.clear();
  days_.clear();
}

const VoidedUsage::Days* VoidedUsage::days_of(ProductNumber product) const {
  const auto days = days_.find(product);
  return days == days_.end() ? nullptr : &days->second;
}

const VoidedUsage::Resources* VoidedUsage::touched(ProductNumber product, core::Day day) const {
  const Days* days = days_of(product);
  if (days == nullptr) return nullptr;
  const auto resources = days->find(day);
  return resources == days->end() ? nullptr : &resources->second;
}

Stored<VoidedUsage> find_voided_moments(const UsageSources& sources, core::Day first, core::Day last) {
  VoidedUsage moments;
  for (const Tail::View& tail : sources.tails) {
    for (const VoidedEvent& event : tail.voided) {
      const core::Day day = event.place.first_day();
      if (event.place.until || day < first || last < day) continue;
      moments.mark(event.pair, event.place.product, event.place.resource, day);
    }
  }
  auto read = VoidedDayReader(sources.database, sources.snapshot, sources.number)
                  .read(first, last, [&](const VoidedDay& voided) {
                    if (!voided.is_interval) moments.mark(voided.pair, voided.product, voided.resource, voided.day);
                  });
  if (!read) return fail(read.error());
  return moments;
}

VoidedIntervals::VoidedIntervals(const UsageSources& sources, core::Day first, core::Day last)
    : tail_days_(intervals_of(sources, first, last)), sealed_(sources.database, sources.snapshot, sources.number) {
  for (const Tail::View& tail : sources.tails) {
    for (const VoidedEvent& event : tail.voided) {
      if (event.place.until) in_tails_.insert(event.pair);
    }
  }
}

Stored<const VoidedUsage*> VoidedIntervals::on(core::Day day) {
  of_day_.clear();
  for (const auto& item : tail_days_.go_to(day)) {
    of_day_.mark(item.what->pair, item.what->place.product, item.what->place.resource, day);
  }
  auto read = sealed_.read(day, day, [&](const VoidedDay& voided) {
    if (voided.is_interval) of_day_.mark(voided.pair, voided.product, voided.resource, day);
  });
  if (!read) return fail(read.error());
  return &of_day_;
}

}  // namespace tallystick::store::embedded
