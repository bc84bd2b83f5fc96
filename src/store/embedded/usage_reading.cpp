#include "store/embedded/usage_reading.hpp"

#include <algorithm>
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace tallystick::store::embedded {
namespace {

// All resources of a pooled product are taken for this one.
constexpr core::ResourceNumber pooled_resource{0};

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
    : sources_(std::move(sources)),
      range_(range),
      first_day_(core::day_of(range.start)),
      last_day_(core::day_of(range.end - core::milliseconds{1})),
      first_month_(month_of(first_day_)),
      last_month_(month_of(last_day_)),
      sealed_events_(sources_.database, sources_.snapshot) {
  rocksdb::ReadOptions options;
  options.snapshot = sources_.snapshot;
  row_.reset(sources_.database.rocks().NewIterator(options, sources_.database.family(Family::rollup)));
}

StoreStatus UsageReading::read(const UsageSnapshot::IsPooled& is_pooled, const UsageSnapshot::UseProduct& use) {
  auto voided = find_voided_moments(sources_, first_day_, last_day_);
  if (!voided) return fail(voided.error());
  voided_ = std::move(*voided);
  if (auto found = find_products(is_pooled); !found) return found;
  for (auto& [number, product] : products_) {
    if (auto added = add_up(number, product); !added) return added;
    hand_over(product, use);
  }
  return {};
}

// Rows of whole products say which there are; a pooled product needs no others.
StoreStatus UsageReading::find_products(const UsageSnapshot::IsPooled& is_pooled) {
  row_->Seek(rollup_key({sources_.number, all_products, first_month_, ResourceRange::all}));
  for (; row_->Valid(); row_->Next()) {
    const auto key = read_rollup_key(view_of(row_->key()));
    if (!key) return fail(sources_.database.corrupt("a roll-up of an unknown form"));
    if (key->organization != sources_.number || key->product != all_products || key->month > last_month_) break;
    const core::Day month_start = first_day_of(key->month);
    RollupCursor cursor(view_of(row_->value()));
    core::ResourceNumber last{};
    std::optional<MonthOfProduct> month;  // of the last entry's product
    while (cursor.next()) {
      const core::ResourceNumber next = cursor.entry().position.resource();
      if (!month || next != last) {
        const ProductNumber number = product_of(next);
        const auto found = product(number, is_pooled);
        if (!found) return fail(found.error());
        (*found)->has_rows = true;
        month.emplace(MonthOfProduct{**found, voided_.days_of(number), month_start});
        last = next;
      }
      if (!month->product.is_pooled) continue;
      if (auto added = add_entry(*month, cursor.entry()); !added) return added;
    }
    if (!cursor.is_done()) return fail(cut_short());
  }
  if (!row_->status().ok()) return fail(sources_.database.error("read roll-ups", row_->status()));
  for (const Tail::View& tail : sources_.tails) {
    for (const ProductNumber number : tail.streams.products()) {
      if (auto found = product(number, is_pooled); !found) return fail(found.error());
    }
  }
  return {};
}

Stored<UsageReading::OfProduct*> UsageReading::product(ProductNumber number, const UsageSnapshot::IsPooled& is_pooled) {
  const auto [entry, is_new] = products_.try_emplace(number);
  OfProduct& product = entry->second;
  if (!is_new) return &product;
  const std::array<std::uint32_t, 1> numbers{value_of(number)};
  const auto keys = sources_.dictionary.table(Dictionary::Kind::product).names_of(numbers);
  if (!keys) return fail(sources_.database.corrupt("usage of a product without a key"));
  product.key = keys->front();
  product.is_pooled = is_pooled(product.key);
  return &product;
}

StoreStatus UsageReading::add_up(ProductNumber number, OfProduct& product) {
  folds_.clear();
  if (product.is_pooled) {
    folds_.of(pooled_resource) = product.pool;
  } else if (product.has_rows) {
    if (auto added = add_rows(number, product); !added) return added;
  }
  if (auto added = add_sealed_events(number, product); !added) return added;
  if (auto added = add_tails(number, product); !added) return added;
  if (product.is_pooled) return {};
  return settle_ties(number);
}

// The undivided row of a month is read beside its divided ones, so that resources come in the order of their numbers
// and none has to be looked up.
StoreStatus UsageReading::add_rows(ProductNumber number, OfProduct& product) {
  std::string undivided;
  RollupCursor beside(undivided);
  bool is_beside = false;
  MonthOfProduct month{product, voided_.days_of(number), {}};
  const auto add_beside = [&](RollupPosition up_to) -> StoreStatus {
    while (is_beside && beside.entry().position < up_to) {
      if (auto added = add_entry(month, beside.entry()); !added) return added;
      is_beside = beside.next();
    }
    return is_beside || beside.is_done() ? StoreStatus() : fail(cut_short());
  };
  row_->Seek(rollup_key({sources_.number, number, first_month_, ResourceRange::all}));
  for (; row_->Valid(); row_->Next()) {
    const auto key = read_rollup_key(view_of(row_->key()));
    if (!key) return fail(sources_.database.corrupt("a roll-up of an unknown form"));
    if (key->organization != sources_.number || key->product != number || key->month > last_month_) break;
    if (const core::Day start = first_day_of(key->month); start != month.start) {
      if (auto added = add_beside(RollupPosition::beyond_all()); !added) return added;
      month.start = start;
    }
    if (key->range == ResourceRange::all) {
      undivided = view_of(row_->value());
      beside = RollupCursor(undivided);
      is_beside = beside.next();
      continue;
    }
    RollupCursor cursor(view_of(row_->value()));
    while (cursor.next()) {
      if (auto added = add_beside(cursor.entry().position); !added) return added;
      if (auto added = add_entry(month, cursor.entry()); !added) return added;
    }
    if (!cursor.is_done()) return fail(cut_short());
  }
  if (!row_->status().ok()) return fail(sources_.database.error("read roll-ups", row_->status()));
  return add_beside(RollupPosition::beyond_all());
}

StoreStatus UsageReading::add_entry(const MonthOfProduct& month, const RollupEntry& entry) {
  const core::Day day = month.start + std::chrono::days{entry.position.day()};
  if (day < first_day_ || day > last_day_) return {};
  core::AggregateFold of_day;
  if (!decode_entry(entry, month.start, of_day)) return fail(cut_short());
  const core::ResourceAggregate& usage = of_day.aggregate();
  if (usage.last_time < range_.start || usage.first_seen >= range_.end) return {};
  const core::ResourceNumber resource = entry.position.resource();
  OfProduct& product = month.product;
  bool is_touched = usage.first_seen < range_.start || usage.last_time >= range_.end;
  if (month.voided != nullptr && !is_touched) {
    const auto touched = month.voided->find(day);
    is_touched = touched != month.voided->end() && (product.is_pooled || touched->second.contains(resource));
  }
  if (is_touched) {
    product.recounted[day].insert(resource);
    return {};
  }
  core::AggregateFold& fold = product.is_pooled ? product.pool : folds_.of(resource);
  return fold.add(of_day) ? StoreStatus() : fail(overflow());
}

StoreStatus UsageReading::add_sealed_events(ProductNumber number, const OfProduct& product) {
  for (const auto& recounted : product.recounted) {
    const auto part = period_of(recounted.first).intersection(range_);
    if (!part) continue;
    const auto& resources = recounted.second;
    auto read = each_sealed(number, *part, [&](std::span<const BlockEvent> block) -> StoreStatus {
      for (const BlockEvent& entry : block) {
        if (!product.is_pooled && !resources.contains(entry.resource)) continue;
        core::AggregateFold& fold = folds_.of(product.is_pooled ? pooled_resource : entry.resource);
        if (!fold.add(entry.event)) return fail(overflow());
      }
      // The block's texts go: from here on its last events are as good as those of a roll-up.
      for (const BlockEvent& entry : block) {
        if (!product.is_pooled && !resources.contains(entry.resource)) continue;
        core::AggregateFold& fold = folds_.of(product.is_pooled ? pooled_resource : entry.resource);
        fold = core::AggregateFold(fold.aggregate(), fold.last_is_tied());
      }
      return {};
    });
    if (!read) return read;
  }
  return {};
}

StoreStatus UsageReading::add_tails(ProductNumber number, const OfProduct& product) {
  for (const Tail::View& tail : sources_.tails) {
    const TailStreams::Events events = tail.streams.of(number);
    for (std::size_t at = 0; at < events.size(); ++at) {
      fetch_ahead_of(events, at);
      const TailEvent& event = *events[at];
      if (!counts(event)) continue;
      core::AggregateFold& fold = folds_.of(product.is_pooled ? pooled_resource : event.resource);
      if (!fold.add(event.event)) return fail(overflow());
    }
  }
  return {};
}

// Where seals or blocks met at one time with different quantities, nobody knows any more which (source, id) is the
// greater: the events do.
StoreStatus UsageReading::settle_ties(ProductNumber number) {
  boost::unordered_flat_map<core::ResourceNumber, Tie> ties;
  std::set<core::Day> tied_days;
  for (const auto& [resource, fold] : folds_.entries()) {
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
    auto read = each_sealed(number, period_of(day), [&](std::span<const BlockEvent> block) -> StoreStatus {
      for (const BlockEvent& entry : block) decide(entry.resource, entry.event);
      return {};
    });
    if (!read) return read;
  }
  for (const Tail::View& tail : sources_.tails) {
    for (const TailEvent* event : tail.streams.of(number)) {
      if (counts(*event)) decide(event->resource, event->event);
    }
  }
  for (const auto& [resource, tie] : ties) {
    if (!tie.is_settled) return fail(sources_.database.corrupt("a roll-up without its events"));
    folds_.of(resource).settle_last(tie.quantity);
  }
  return {};
}

void UsageReading::hand_over(const OfProduct& product, const UsageSnapshot::UseProduct& use) {
  answer_.clear();
  answer_.reserve(folds_.entries().size());
  for (const auto& [resource, fold] : folds_.entries()) {
    if (!fold.is_empty()) answer_.push_back({resource, fold.aggregate()});
  }
  if (!answer_.empty()) use({product.key, answer_});
}

StoreStatus UsageReading::each_sealed(ProductNumber number, const core::Period& part,
                                      const EventBlockReader::UseBlock& use) {
  const VoidedUsage::Resources* touched = voided_.touched(number, core::day_of(part.start));
  std::vector<BlockEvent> counting;
  return sealed_events_.read(sources_.number, number, part, [&](std::span<const BlockEvent> block) {
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
  if (event.event.until || !range_.contains(event.event.time)) return false;
  return voided_.is_empty() || !voided_.contains(event.pair);
}

StoreError UsageReading::cut_short() const {
  return sources_.database.corrupt("a roll-up that is cut short");
}

StoreError UsageReading::overflow() const {
  return {StoreError::Kind::corrupt, "quantities of one resource of organization " + sources_.organization.to_string() +
                                         " are too large to be added up; void the mistaken events"};
}

}  // namespace tallystick::store::embedded
