#include "store/embedded/sealed_runs.hpp"

#include <rocksdb/sst_file_writer.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>

#include "store/embedded/event_blocks.hpp"
#include "store/embedded/pair_rows.hpp"
#include "store/embedded/rollup_slots.hpp"
#include "store/embedded/voided_events.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::array<const char*, family_count> run_names{"",       "",      "",          "dedupe", "events",
                                                          "rollup", "voids", "watermark", "",       ""};

// One run: rows in the order of their keys, into one file. Stays without a file while it has no row, for RocksDB takes
// no empty ones.
class RunWriter {
 public:
  RunWriter(Database& database, Family family)
      : database_(database),
        family_(family),
        path_((database.directory().sealing() / run_names[static_cast<std::size_t>(family)]).string() + ".sst"),
        options_(database.options_of(family)),
        writer_(rocksdb::EnvOptions(), options_, database.family(family)) {}

  void put(const std::string& key, const std::string& value) {
    open();
    if (status_.ok()) status_ = writer_.Put(key, value);
  }
  void merge(const std::string& key, const std::string& value) {
    open();
    if (status_.ok()) status_ = writer_.Merge(key, value);
  }

  StoreStatus finish(std::vector<rocksdb::IngestExternalFileArg>& files) {
    if (is_open_ && status_.ok()) status_ = writer_.Finish();
    if (!status_.ok()) return fail(database_.error("write " + path_, status_));
    if (!is_open_) return {};
    rocksdb::IngestExternalFileArg file;
    file.column_family = database_.family(family_);
    file.external_files = {path_};
    file.options.move_files = true;
    file.options.write_global_seqno = false;
    files.push_back(std::move(file));
    return {};
  }

 private:
  void open() {
    if (is_open_) return;
    is_open_ = true;
    // What a failed attempt left may share its bytes with a file of the database: it is unlinked, never overwritten.
    std::error_code none_there;
    std::filesystem::remove(path_, none_there);
    status_ = writer_.Open(path_);
  }

  Database& database_;
  Family family_;
  std::string path_;
  rocksdb::Options options_;
  rocksdb::SstFileWriter writer_;
  rocksdb::Status status_;
  bool is_open_ = false;
};

// Something that touches every step, a day or a month, from the first to the last one.
template <class What>
struct Touching {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  const What* what = nullptr;
};

// Calls `use` for every step that is touched, in their order, with what touches it; what began in an earlier step comes
// first. Nothing is copied for a step that something merely goes on in: an event may touch a year of days.
// `items` are in the order of their first steps. False as soon as `use` says so.
template <class What, class Use>
bool sweep(const std::vector<Touching<What>>& items, Use use) {
  std::vector<Touching<What>> touching;
  auto next = items.begin();
  for (std::uint32_t step = 0; next != items.end() || !touching.empty(); ++step) {
    if (touching.empty()) step = next->first;
    for (; next != items.end() && next->first == step; ++next) touching.push_back(*next);
    if (!use(step, touching)) return false;
    std::erase_if(touching, [step](const auto& item) { return item.last <= step; });
  }
  return true;
}

std::uint32_t number_of(core::Day day) {
  return static_cast<std::uint32_t>(day.time_since_epoch().count());
}
core::Day day_of_number(std::uint32_t number) {
  return core::Day{std::chrono::days{number}};
}

EventPlace place_of(const TailEvent& event) {
  return {{}, event.resource, event.event.time, event.event.until};
}

std::vector<const TailEvent*> events_of(const TailStream& stream, std::uint64_t last_sequence) {
  std::vector<const TailEvent*> events;
  for (const auto span : stream.up_to(last_sequence)) {
    for (const TailEvent& event : span) events.push_back(&event);
  }
  return events;
}

void write_blocks(RunWriter& run, Tail::StreamKey stream, std::uint64_t seal, std::vector<const TailEvent*>& events) {
  std::stable_sort(events.begin(), events.end(), [](auto* a, auto* b) { return a->event.time < b->event.time; });
  std::vector<Touching<TailEvent>> by_day;
  by_day.reserve(events.size());
  for (const TailEvent* event : events) {
    const EventPlace place = place_of(*event);
    by_day.push_back({number_of(place.first_day()), number_of(place.last_day()), event});
  }
  EventBlockWriter block;
  EventBlockKey key{stream.first, stream.second, {}, {}, seal, 0};
  const auto write = [&] {
    run.put(event_block_key(key), block.bytes());
    block.clear();
    ++key.number;
  };
  sweep(by_day, [&](std::uint32_t day, const auto& touching) {
    key.day = day_of_number(day);
    for (const auto& item : touching) {
      if (block.size() == event_block_events_max) write();
      if (block.size() == 0) key.first = std::max(item.what->event.time, core::TimePoint{key.day});
      block.add({item.what->event, item.what->resource});
    }
    write();
    return true;
  });
}

core::AggregateFold& fold_of(std::vector<DaySlot>& slots, core::Day day) {
  auto slot = std::ranges::lower_bound(slots, day, {}, &DaySlot::day);
  if (slot == slots.end() || slot->day != day) slot = slots.insert(slot, {day, {}});
  return slot->fold;
}

// False: a sum overflows.
bool write_slots(RunWriter& run, Tail::StreamKey stream, const std::vector<const TailEvent*>& events) {
  std::vector<Touching<TailEvent>> by_month;
  by_month.reserve(events.size());
  for (const TailEvent* event : events) {
    const EventPlace place = place_of(*event);
    by_month.push_back({month_of(place.first_day()), month_of(place.last_day()), event});
  }
  std::ranges::stable_sort(by_month, {}, &Touching<TailEvent>::first);

  return sweep(by_month, [&](std::uint32_t month, auto& touching) {
    const auto resource_of = [](const auto& item) { return item.what->resource; };
    std::ranges::sort(touching, {}, resource_of);
    const core::Day month_start = first_day_of(month);
    const core::Day month_end = first_day_of(month + 1);
    std::vector<DaySlot> slots;
    for (auto item = touching.begin(); item != touching.end();) {
      const RollupKey key{stream.first, stream.second, month, resource_of(*item)};
      slots.clear();
      for (; item != touching.end() && resource_of(*item) == key.resource; ++item) {
        const EventPlace place = place_of(*item->what);
        const core::Day end = std::min(month_end, place.last_day() + std::chrono::days{1});
        for (core::Day day = std::max(month_start, place.first_day()); day < end; day += std::chrono::days{1}) {
          if (!fold_of(slots, day).add(item->what->event, period_of(day))) return false;
        }
      }
      run.merge(rollup_key(key), encode_slots(month, slots));
    }
    return true;
  });
}

void write_pairs(RunWriter& run, const Tail& tail) {
  using Row = const Tail::Pairs::value_type*;
  std::vector<Row> rows;
  rows.reserve(tail.pairs().size());
  for (const auto& row : tail.pairs()) rows.push_back(&row);
  std::sort(rows.begin(), rows.end(), [](Row a, Row b) {
    return std::tie(a->second.organization, a->first) < std::tie(b->second.organization, b->first);
  });
  for (const Row row : rows) run.put(pair_key(row->second.organization, row->first), encode_pair_state(row->second));
}

void write_voided_days(RunWriter& run, OrganizationNumber organization, const std::vector<VoidedEvent>& voided) {
  std::vector<Touching<VoidedEvent>> by_day;
  by_day.reserve(voided.size());
  for (const VoidedEvent& event : voided) {
    by_day.push_back({number_of(event.place.first_day()), number_of(event.place.last_day()), &event});
  }
  std::ranges::sort(by_day, {}, &Touching<VoidedEvent>::first);
  sweep(by_day, [&](std::uint32_t day, auto& touching) {
    const auto pair_of = [](const auto& item) { return item.what->pair; };
    std::ranges::sort(touching, {}, pair_of);
    // An event that was voided twice is voided once.
    const auto is_again = [&](const auto& a, const auto& b) { return pair_of(a) == pair_of(b); };
    touching.erase(std::unique(touching.begin(), touching.end(), is_again), touching.end());
    for (const auto& item : touching) {
      run.put(voided_day_key(organization, day_of_number(day), item.what->pair), voided_day_value(item.what->place));
    }
    return true;
  });
}

void write_voids(RunWriter& run, const Tail& tail) {
  for (const auto& [organization, voided] : tail.voided()) write_voided_days(run, organization, voided);
  std::vector<const TailVoid*> voids;
  voids.reserve(tail.voids().size());
  for (const TailVoid& correction : tail.voids()) voids.push_back(&correction);
  std::ranges::sort(voids, {}, [](const TailVoid* v) { return std::tie(v->organization, v->pair); });
  for (const TailVoid* v : voids) run.put(void_key(v->organization, v->pair), void_value(*v));
}

}  // namespace

Stored<SealedRuns> SealedRuns::write(Database& database, const Tail& tail, const Watermark& watermark) {
  RunWriter events(database, Family::events);
  RunWriter rollup(database, Family::rollup);
  for (const auto& [key, stream] : tail.streams()) {
    std::vector<const TailEvent*> of_stream = events_of(stream, tail.last_sequence());
    write_blocks(events, key, watermark.seals, of_stream);
    if (!write_slots(rollup, key, of_stream)) {
      return fail(database.corrupt("quantities of one resource on one day that are too large to be added up"));
    }
  }
  RunWriter pairs(database, Family::dedupe);
  write_pairs(pairs, tail);
  RunWriter voids(database, Family::voids);
  write_voids(voids, tail);
  RunWriter mark(database, Family::watermark);
  mark.put(std::string(watermark_key), encode_watermark(watermark));

  SealedRuns runs;
  for (RunWriter* run : {&pairs, &events, &rollup, &voids, &mark}) {
    if (auto finished = run->finish(runs.files_); !finished) return fail(finished.error());
  }
  return runs;
}

StoreStatus SealedRuns::ingest(Database& database) const {
  const rocksdb::Status status = database.rocks().IngestExternalFiles(files_);
  if (!status.ok()) return fail(database.error("ingest sealed runs", status));
  return {};
}

}  // namespace tallystick::store::embedded
