#include "store/embedded/usage_reading.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "store/embedded/voided_events.hpp"

namespace tallystick::store::embedded {
namespace {

using std::chrono::ceil;
using std::chrono::days;

// The last quantity of one resource, while it is being settled.
struct Tie {
  core::Period moment;
  std::string source;  // of the event that decides so far
  std::string id;
  core::Decimal quantity;
  bool is_settled = false;

  void decide(const core::MeteredEvent& event) {
    if (!moment.contains(event.time)) return;
    if (is_settled && event.name() < std::pair<std::string_view, std::string_view>(source, id)) return;
    source = event.source;
    id = event.id;
    quantity = event.quantity;
    is_settled = true;
  }
};

}  // namespace

UsageReading::UsageReading(UsageSources sources, const core::OrganizationId& organization, OrganizationNumber number,
                           core::Period range)
    : sources_(std::move(sources)),
      organization_(organization),
      number_(number),
      range_(range),
      sealed_events_(sources_.database, sources_.snapshot) {
  const core::TimePoint first_midnight = ceil<days>(range.start);
  const core::TimePoint last_midnight = core::day_of(range.end);
  if (last_midnight < first_midnight) {
    part_days_.push_back(range);
    return;
  }
  whole_days_ = {first_midnight, last_midnight};
  if (range.start < first_midnight) part_days_.push_back({range.start, first_midnight});
  if (last_midnight < range.end) part_days_.push_back({last_midnight, range.end});
}

Stored<std::vector<ProductUsage>> UsageReading::read() {
  if (auto found = find_voided(); !found) return fail(found.error());
  if (auto added = read_rollups(); !added) return fail(added.error());
  // A product with a sealed event in the range has roll-up rows in its months, so that it is in folds_ by now.
  for (auto& [product, folds] : folds_) {
    if (auto added = read_sealed_events(product); !added) return fail(added.error());
  }
  if (auto added = read_tails(); !added) return fail(added.error());
  for (auto& [product, folds] : folds_) {
    if (auto settled = settle_ties(product, folds); !settled) return fail(settled.error());
  }
  return answer();
}

StoreStatus UsageReading::find_voided() {
  const core::Day first = core::day_of(range_.start);
  const core::Day last = core::day_of(range_.end - core::milliseconds{1});
  for (const Tail::View& tail : sources_.tails) {
    for (const VoidedEvent& event : tail.voided) {
      const core::Day from = std::max(first, event.place.first_day());
      const core::Day to = std::min(last, event.place.last_day());
      for (core::Day day = from; day <= to; day += days{1}) {
        mark_voided(event.pair, event.place.product, event.place.resource, day);
      }
    }
  }
  return read_voided_days(sources_.database, sources_.snapshot, number_, first, last, [this](const VoidedDay& voided) {
    mark_voided(voided.pair, voided.product, voided.resource, voided.day);
  });
}

StoreStatus UsageReading::read_rollups() {
  const std::uint32_t first_month = month_of(core::day_of(range_.start));
  const std::uint32_t last_month = month_of(core::day_of(range_.end - core::milliseconds{1}));
  rocksdb::ReadOptions options;
  options.snapshot = sources_.snapshot;
  Database& database = sources_.database;
  const std::unique_ptr<rocksdb::Iterator> row(database.rocks().NewIterator(options, database.family(Family::rollup)));
  row->Seek(rollup_key({number_, ProductNumber{0}, first_month, ResourceNumber{0}}));
  while (row->Valid()) {
    const auto key = read_rollup_key(view_of(row->key()));
    if (!key) return fail(database.corrupt("a roll-up of an unknown form"));
    if (key->organization != number_) break;
    if (key->month < first_month) {
      row->Seek(rollup_key({number_, key->product, first_month, ResourceNumber{0}}));
    } else if (key->month > last_month) {
      row->Seek(rollup_key({number_, ProductNumber{value_of(key->product) + 1}, first_month, ResourceNumber{0}}));
    } else {
      if (auto added = add_row(key->product, key->month, key->resource, row->value()); !added) return added;
      row->Next();
    }
  }
  if (!row->status().ok()) return fail(database.error("read roll-ups", row->status()));
  return {};
}

StoreStatus UsageReading::add_row(ProductNumber product, std::uint32_t month, ResourceNumber resource,
                                  const rocksdb::Slice& slots) {
  if (!decode_slots(month, view_of(slots), slots_)) {
    return fail(sources_.database.corrupt("day slots that are cut short"));
  }
  Folds& folds = folds_[product];
  core::AggregateFold* fold = nullptr;
  for (const DaySlot& slot : slots_) {
    if (!whole_days_.contains(core::TimePoint{slot.day})) continue;
    const Resources* recomputed = touched(product, slot.day);
    if (recomputed != nullptr && recomputed->contains(resource)) continue;
    if (fold == nullptr) fold = &folds[resource];
    if (!fold->add(slot.fold)) return fail(overflow());
  }
  return {};
}

StoreStatus UsageReading::read_sealed_events(ProductNumber product) {
  Folds& folds = folds_[product];
  for (const core::Period& part : part_days_) {
    if (auto read = add_sealed(product, part, nullptr, folds); !read) return read;
  }
  const auto days_touched = touched_.find(product);
  if (days_touched == touched_.end()) return {};
  for (const auto& [day, resources] : days_touched->second) {
    if (!whole_days_.contains(core::TimePoint{day})) continue;
    if (auto read = add_sealed(product, period_of(day), &resources, folds); !read) return read;
  }
  return {};
}

StoreStatus UsageReading::add_sealed(ProductNumber product, const core::Period& part, const Resources* only,
                                     Folds& folds) {
  return each_sealed(product, part, [&](std::span<const BlockEvent> block) -> StoreStatus {
    for (const BlockEvent& event : block) {
      if (only != nullptr && !only->contains(event.resource)) continue;
      if (auto added = add(folds[event.resource], event, part); !added) return added;
    }
    // The block's texts go: from here on its last events are as good as those of a roll-up.
    for (const BlockEvent& event : block) {
      const auto fold = folds.find(event.resource);
      if (fold == folds.end() || fold->second.is_empty()) continue;
      fold->second = core::AggregateFold(fold->second.aggregate(), fold->second.last_is_tied());
    }
    return {};
  });
}

StoreStatus UsageReading::read_tails() {
  for (const Tail::View& tail : sources_.tails) {
    for (const auto& [product, spans] : tail.streams) folds_.try_emplace(product);
  }
  for (auto& entry : folds_) {
    Folds& folds = entry.second;
    auto read =
        each_in_tails(entry.first, [&](const BlockEvent& event) { return add(folds[event.resource], event, range_); });
    if (!read) return read;
  }
  return {};
}

// Where seals or blocks met at one time with different quantities, nobody knows any more which (source, id) is the
// greater: the events do.
StoreStatus UsageReading::settle_ties(ProductNumber product, Folds& folds) {
  boost::unordered_flat_map<ResourceNumber, Tie> ties;
  std::set<core::Day> tied_days;
  for (const auto& [resource, fold] : folds) {
    if (!fold.last_is_tied()) continue;
    const core::TimePoint time = fold.aggregate().last_time;
    ties.emplace(resource, Tie{.moment = {time, time + core::milliseconds{1}}, .source = {}, .id = {}, .quantity = {}});
    tied_days.insert(core::day_of(time));
  }
  if (ties.empty()) return {};
  const auto decide = [&](const BlockEvent& event) {
    if (const auto tie = ties.find(event.resource); tie != ties.end()) tie->second.decide(event.event);
  };
  for (const core::Day day : tied_days) {
    auto read = each_sealed(product, period_of(day), [&](std::span<const BlockEvent> block) -> StoreStatus {
      std::for_each(block.begin(), block.end(), decide);
      return {};
    });
    if (!read) return read;
  }
  auto read = each_in_tails(product, [&](const BlockEvent& event) -> StoreStatus {
    decide(event);
    return {};
  });
  if (!read) return read;
  for (const auto& [resource, tie] : ties) {
    if (!tie.is_settled) return fail(sources_.database.corrupt("a roll-up without its events"));
    folds[resource].settle_last(tie.quantity);
  }
  return {};
}

Stored<std::vector<ProductUsage>> UsageReading::answer() const {
  std::vector<ProductUsage> products;
  std::vector<std::uint32_t> product_numbers;
  for (const auto& [product, folds] : folds_) {
    ProductUsage usage;
    std::vector<std::uint32_t> resource_numbers;
    usage.resources.reserve(folds.size());
    resource_numbers.reserve(folds.size());
    for (const auto& [resource, fold] : folds) {
      if (fold.is_empty()) continue;
      resource_numbers.push_back(value_of(resource));
      usage.resources.push_back({{}, fold.aggregate()});
    }
    if (usage.resources.empty()) continue;
    const auto names = sources_.dictionary.table(Dictionary::Kind::resource).names_of(resource_numbers);
    if (!names) return fail(sources_.database.corrupt("usage of a resource without a name"));
    for (std::size_t i = 0; i < names->size(); ++i) usage.resources[i].name = (*names)[i];
    product_numbers.push_back(value_of(product));
    products.push_back(std::move(usage));
  }
  const auto names = sources_.dictionary.table(Dictionary::Kind::product).names_of(product_numbers);
  if (!names) return fail(sources_.database.corrupt("usage of a product without a key"));
  for (std::size_t i = 0; i < names->size(); ++i) products[i].product = (*names)[i];
  return products;
}

StoreStatus UsageReading::each_sealed(ProductNumber product, const core::Period& part,
                                      const EventBlockReader::UseBlock& use) {
  const Resources* resources = touched(product, core::day_of(part.start));
  if (resources == nullptr) return sealed_events_.read(number_, product, part, use);
  std::vector<BlockEvent> counting;
  return sealed_events_.read(number_, product, part, [&](std::span<const BlockEvent> block) {
    counting.clear();
    std::copy_if(block.begin(), block.end(), std::back_inserter(counting), [&](const BlockEvent& event) {
      return !resources->contains(event.resource) ||
             !voided_.contains(sources_.hasher.pair(organization_, event.event.source, event.event.id));
    });
    return use(counting);
  });
}

StoreStatus UsageReading::each_in_tails(ProductNumber product, const UseEvent& use) const {
  for (const Tail::View& tail : sources_.tails) {
    for (const auto& [of_product, spans] : tail.streams) {
      if (of_product != product) continue;
      for (const auto events : spans) {
        for (const TailEvent& event : events) {
          if (voided_.contains(event.pair)) continue;
          if (auto used = use({event.event, event.resource}); !used) return used;
        }
      }
    }
  }
  return {};
}

StoreStatus UsageReading::add(core::AggregateFold& fold, const BlockEvent& event, const core::Period& range) const {
  if (!fold.add(event.event, range)) return fail(overflow());
  return {};
}

void UsageReading::mark_voided(const PairHash& pair, ProductNumber product, ResourceNumber resource, core::Day day) {
  voided_.insert(pair);
  touched_[product][day].insert(resource);
}

const UsageReading::Resources* UsageReading::touched(ProductNumber product, core::Day day) const {
  const auto days_touched = touched_.find(product);
  if (days_touched == touched_.end()) return nullptr;
  const auto resources = days_touched->second.find(day);
  return resources == days_touched->second.end() ? nullptr : &resources->second;
}

StoreError UsageReading::overflow() const {
  return {StoreError::Kind::corrupt, "quantities of one resource of organization " + organization_.to_string() +
                                         " are too large to be added up; void the mistaken events"};
}

}  // namespace tallystick::store::embedded
