#include "store/embedded/usage_reading.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

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

UsageReading::UsageReading(UsageSources sources, core::Period range)
    : sources_(std::move(sources)), range_(range), sealed_events_(sources_.database, sources_.snapshot) {
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
  const core::Day last_day = core::day_of(range_.end - core::milliseconds{1});
  auto voided = find_voided_moments(sources_, core::day_of(range_.start), last_day);
  if (!voided) return fail(voided.error());
  voided_ = std::move(*voided);
  if (auto added = read_rollups(); !added) return fail(added.error());
  // A product with a sealed moment in the range has roll-up rows in its months, so that it is in products_ by now.
  for (auto& [product, of_product] : products_) {
    if (auto added = read_sealed_events(product, of_product); !added) return fail(added.error());
  }
  if (auto added = read_tails(); !added) return fail(added.error());
  for (auto& [product, of_product] : products_) {
    if (auto settled = settle_ties(product, of_product.folds); !settled) return fail(settled.error());
  }
  return answer();
}

StoreStatus UsageReading::read_rollups() {
  const std::uint32_t first_month = month_of(core::day_of(range_.start));
  const std::uint32_t last_month = month_of(core::day_of(range_.end - core::milliseconds{1}));
  rocksdb::ReadOptions options;
  options.snapshot = sources_.snapshot;
  Database& database = sources_.database;
  const std::unique_ptr<rocksdb::Iterator> row(database.rocks().NewIterator(options, database.family(Family::rollup)));
  row->Seek(rollup_key({sources_.number, ProductNumber{0}, first_month, core::ResourceNumber{0}}));
  while (row->Valid()) {
    const auto key = read_rollup_key(view_of(row->key()));
    if (!key) return fail(database.corrupt("a roll-up of an unknown form"));
    if (key->organization != sources_.number) break;
    if (key->month < first_month) {
      row->Seek(rollup_key({sources_.number, key->product, first_month, core::ResourceNumber{0}}));
    } else if (key->month > last_month) {
      row->Seek(rollup_key(
          {sources_.number, ProductNumber{value_of(key->product) + 1}, first_month, core::ResourceNumber{0}}));
    } else {
      if (auto added = add_row(*key, row->value()); !added) return added;
      row->Next();
    }
  }
  if (!row->status().ok()) return fail(database.error("read roll-ups", row->status()));
  return {};
}

StoreStatus UsageReading::add_row(const RollupKey& row, const rocksdb::Slice& slots) {
  if (!decode_slots(row.month, view_of(slots), slots_)) {
    return fail(sources_.database.corrupt("day slots that are cut short"));
  }
  OfProduct& of_product = products_[row.product];
  core::AggregateFold* fold = nullptr;
  for (const DaySlot& slot : slots_) {
    if (!whole_days_.contains(core::TimePoint{slot.day})) {
      of_product.part_days.insert(slot.day);
      continue;
    }
    const VoidedUsage::Resources* recomputed = voided_.touched(row.product, slot.day);
    if (recomputed != nullptr && recomputed->contains(row.resource)) continue;
    if (fold == nullptr) fold = &of_product.folds[row.resource];
    if (!fold->add(slot.fold)) return fail(overflow());
  }
  return {};
}

StoreStatus UsageReading::read_sealed_events(ProductNumber product, OfProduct& of_product) {
  for (const core::Period& part : part_days_) {
    if (!of_product.part_days.contains(core::day_of(part.start))) continue;
    if (auto read = add_sealed(product, part, nullptr, of_product.folds); !read) return read;
  }
  const VoidedUsage::Days* days_touched = voided_.days_of(product);
  if (days_touched == nullptr) return {};
  for (const auto& [day, resources] : *days_touched) {
    if (!whole_days_.contains(core::TimePoint{day})) continue;
    if (auto read = add_sealed(product, period_of(day), &resources, of_product.folds); !read) return read;
  }
  return {};
}

StoreStatus UsageReading::add_sealed(ProductNumber product, const core::Period& part,
                                     const VoidedUsage::Resources* only, Folds& folds) {
  return each_sealed(product, part, [&](std::span<const BlockEvent> block) -> StoreStatus {
    for (const BlockEvent& entry : block) {
      if (only != nullptr && !only->contains(entry.resource)) continue;
      if (auto added = add(folds[entry.resource], entry.event); !added) return added;
    }
    // The block's texts go: from here on its last events are as good as those of a roll-up.
    for (const BlockEvent& entry : block) {
      const auto fold = folds.find(entry.resource);
      if (fold == folds.end() || fold->second.is_empty()) continue;
      fold->second = core::AggregateFold(fold->second.aggregate(), fold->second.last_is_tied());
    }
    return {};
  });
}

StoreStatus UsageReading::read_tails() {
  for (const Tail::View& tail : sources_.tails) {
    for (const auto& [product, spans] : tail.streams) {
      Folds& folds = products_[product].folds;
      for (const auto events : spans) {
        for (const TailEvent& event : events) {
          if (!counts(event)) continue;
          if (auto added = add(folds[event.resource], event.event); !added) return added;
        }
      }
    }
  }
  return {};
}

// Where seals or blocks met at one time with different quantities, nobody knows any more which (source, id) is the
// greater: the events do.
StoreStatus UsageReading::settle_ties(ProductNumber product, Folds& folds) {
  boost::unordered_flat_map<core::ResourceNumber, Tie> ties;
  std::set<core::Day> tied_days;
  for (const auto& [resource, fold] : folds) {
    if (!fold.last_is_tied()) continue;
    const core::TimePoint time = fold.aggregate().last_time;
    ties.emplace(resource, Tie{.moment = {time, time + core::milliseconds{1}}, .source = {}, .id = {}, .quantity = {}});
    tied_days.insert(core::day_of(time));
  }
  if (ties.empty()) return {};
  const auto decide = [&](core::ResourceNumber resource, const core::MeteredEvent& event) {
    if (const auto tie = ties.find(resource); tie != ties.end()) tie->second.decide(event);
  };
  for (const core::Day day : tied_days) {
    auto read = each_sealed(product, period_of(day), [&](std::span<const BlockEvent> block) -> StoreStatus {
      for (const BlockEvent& entry : block) decide(entry.resource, entry.event);
      return {};
    });
    if (!read) return read;
  }
  for (const Tail::View& tail : sources_.tails) {
    for (const auto events : tail.of(product)) {
      for (const TailEvent& event : events) {
        if (counts(event)) decide(event.resource, event.event);
      }
    }
  }
  for (const auto& [resource, tie] : ties) {
    if (!tie.is_settled) return fail(sources_.database.corrupt("a roll-up without its events"));
    folds[resource].settle_last(tie.quantity);
  }
  return {};
}

Stored<std::vector<ProductUsage>> UsageReading::answer() const {
  std::vector<ProductUsage> products;
  std::vector<std::uint32_t> numbers;
  for (const auto& [product, of_product] : products_) {
    ProductUsage usage;
    usage.resources.reserve(of_product.folds.size());
    for (const auto& [resource, fold] : of_product.folds) {
      if (!fold.is_empty()) usage.resources.push_back({resource, fold.aggregate()});
    }
    if (usage.resources.empty()) continue;
    numbers.push_back(value_of(product));
    products.push_back(std::move(usage));
  }
  const auto keys = sources_.dictionary.table(Dictionary::Kind::product).names_of(numbers);
  if (!keys) return fail(sources_.database.corrupt("usage of a product without a key"));
  for (std::size_t i = 0; i < keys->size(); ++i) products[i].product = (*keys)[i];
  return products;
}

StoreStatus UsageReading::each_sealed(ProductNumber product, const core::Period& part,
                                      const EventBlockReader::UseBlock& use) {
  const VoidedUsage::Resources* touched = voided_.touched(product, core::day_of(part.start));
  std::vector<BlockEvent> counting;
  return sealed_events_.read(sources_.number, product, part, [&](std::span<const BlockEvent> block) {
    counting.clear();
    std::copy_if(block.begin(), block.end(), std::back_inserter(counting), [&](const BlockEvent& entry) {
      const core::MeteredEvent& event = entry.event;
      if (event.until || !part.contains(event.time)) return false;
      return touched == nullptr || !touched->contains(entry.resource) ||
             !voided_.contains(sources_.hasher.pair(sources_.organization, event.source, event.id));
    });
    return use(counting);
  });
}

bool UsageReading::counts(const TailEvent& event) const {
  return !event.event.until && range_.contains(event.event.time) && !voided_.contains(event.pair);
}

StoreStatus UsageReading::add(core::AggregateFold& fold, const core::MeteredEvent& event) const {
  if (!fold.add(event)) return fail(overflow());
  return {};
}

StoreError UsageReading::overflow() const {
  return {StoreError::Kind::corrupt, "quantities of one resource of organization " + sources_.organization.to_string() +
                                         " are too large to be added up; void the mistaken events"};
}

}  // namespace tallystick::store::embedded
