#include "store/embedded/sealed_runs.hpp"

#include <rocksdb/sst_file_writer.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
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

// An event on one of the days that it touches.
struct DayEntry {
  core::Day day;
  core::TimePoint first;  // its first moment on that day
  const TailEvent* event;
};

std::vector<DayEntry> entries_of(const TailStream& stream, std::uint64_t last_sequence) {
  std::vector<DayEntry> entries;
  for (const auto events : stream.up_to(last_sequence)) {
    for (const TailEvent& event : events) {
      const EventPlace place{{}, event.resource, event.event.time, event.event.until};
      for (core::Day day = place.first_day(); day <= place.last_day(); day += std::chrono::days{1}) {
        entries.push_back({day, std::max(event.event.time, core::TimePoint{day}), &event});
      }
    }
  }
  return entries;
}

void write_blocks(RunWriter& run, Tail::StreamKey stream, std::uint64_t seal, std::vector<DayEntry>& entries) {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const DayEntry& a, const DayEntry& b) { return a.first < b.first; });
  EventBlockWriter block;
  std::uint32_t number = 0;
  EventBlockKey key{stream.first, stream.second, {}, {}, seal, 0};
  const auto write = [&] {
    if (block.size() > 0) run.put(event_block_key(key), block.bytes());
    block.clear();
  };
  for (const DayEntry& entry : entries) {
    if (entry.day != key.day || block.size() == event_block_events_max) write();
    if (block.size() == 0) {
      key.day = entry.day;
      key.first = entry.first;
      key.number = number++;
    }
    block.add({entry.event->event, entry.event->resource});
  }
  write();
}

// False: a sum overflows.
bool write_slots(RunWriter& run, Tail::StreamKey stream, std::vector<DayEntry>& entries) {
  struct SlotEntry {
    std::uint32_t month;
    const DayEntry* entry;
  };
  std::vector<SlotEntry> sorted;
  sorted.reserve(entries.size());
  for (const DayEntry& entry : entries) sorted.push_back({month_of(entry.day), &entry});
  const auto order = [](const SlotEntry& slot) {
    return std::tuple(slot.month, slot.entry->event->resource, slot.entry->day);
  };
  std::sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });

  std::vector<DaySlot> slots;
  RollupKey key{stream.first, stream.second, 0, {}};
  const auto write = [&] {
    if (!slots.empty()) run.merge(rollup_key(key), encode_slots(key.month, slots));
    slots.clear();
  };
  for (const SlotEntry& slot : sorted) {
    const RollupKey row{stream.first, stream.second, slot.month, slot.entry->event->resource};
    if (row != key) write();
    key = row;
    if (slots.empty() || slots.back().day != slot.entry->day) slots.push_back({slot.entry->day, {}});
    if (!slots.back().fold.add(slot.entry->event->event, period_of(slot.entry->day))) return false;
  }
  write();
  return true;
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

void write_voids(RunWriter& run, const Tail& tail) {
  std::map<std::string, std::string> rows;
  for (const auto& [organization, voided] : tail.voided()) {
    for (const VoidedEvent& event : voided) {
      for (core::Day day = event.place.first_day(); day <= event.place.last_day(); day += std::chrono::days{1}) {
        rows.emplace(voided_day_key(organization, day, event.pair), voided_day_value(event.place));
      }
    }
  }
  for (const TailVoid& correction : tail.voids()) {
    rows.emplace(void_key(correction.organization, correction.pair), void_value(correction));
  }
  for (const auto& [key, value] : rows) run.put(key, value);
}

}  // namespace

Stored<SealedRuns> SealedRuns::write(Database& database, const Tail& tail, const Watermark& watermark) {
  RunWriter events(database, Family::events);
  RunWriter rollup(database, Family::rollup);
  for (const auto& [key, stream] : tail.streams()) {
    std::vector<DayEntry> entries = entries_of(stream, tail.last_sequence());
    write_blocks(events, key, watermark.seals, entries);
    if (!write_slots(rollup, key, entries)) {
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
