#include "store/embedded/sealed_runs.hpp"

#include <rocksdb/sst_file_writer.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>

#include "store/embedded/event_blocks.hpp"
#include "store/embedded/pair_rows.hpp"
#include "store/embedded/presence_blocks.hpp"
#include "store/embedded/rollup_sealing.hpp"
#include "store/embedded/touched_days.hpp"
#include "store/embedded/voided_events.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::array<const char*, family_count> run_names{
    "", "", "", "dedupe", "events", "rollup", "presence", "voids", "watermark", "", "", ""};

// One run: rows in the order of their keys, into one file. Stays without a file while it has no row, for RocksDB takes
// no empty ones.
class RunWriter {
 public:
  RunWriter(Database& database, Family family)
      : database_(database),
        family_(family),
        path_((database.directory().sealing() / run_names[static_cast<std::size_t>(family)]).string() + ".sst"),
        options_(database.options_of_runs(family)),
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

// The events of one product of one organization.
struct Stream {
  OrganizationNumber organization{};
  ProductNumber product{};
  std::vector<const TailEvent*> events;  // in the order of their times
};

void write_blocks(RunWriter& run, std::uint64_t seal, const Stream& stream) {
  using EventDays = TouchedDays<const TailEvent*>;
  std::vector<EventDays::Item> items;
  items.reserve(stream.events.size());
  for (const TailEvent* event : stream.events) {
    const EventPlace place = event->place();
    items.push_back({place.first_day(), place.last_day(), event});
  }
  EventDays days(std::move(items));
  EventBlockWriter block;
  EventBlockKey key{stream.organization, stream.product, {}, {}, seal, 0};
  const auto begin = [&](core::TimePoint first) {
    key.number = first == key.first ? key.number + 1 : 0;
    key.first = first;
    block.begin(first);
  };
  while (const auto day = days.next()) {
    key.day = *day;
    bool is_begun = false;
    for (const auto& item : days.go_to(*day)) {
      if (is_begun && block.size() == event_block_events_max) {
        run.put(event_block_key(key), block.bytes());
        is_begun = false;
      }
      if (!is_begun) {
        begin(std::max(item.what->event.time, core::TimePoint{*day}));
        is_begun = true;
      }
      block.add({item.what->event, item.what->resource});
    }
    run.put(event_block_key(key), block.bytes());
  }
}

// One organization's intervals, of all products at once: its days come before the products of each.
struct OrganizationInterval {
  ProductNumber product{};
  const TailEvent* event = nullptr;
};
using IntervalDays = TouchedDays<OrganizationInterval>;

void write_presence(RunWriter& run, OrganizationNumber organization, std::uint64_t seal,
                    std::vector<IntervalDays::Item> intervals) {
  IntervalDays days(std::move(intervals));
  std::map<ProductNumber, std::vector<core::Presence>> products;
  while (const auto day = days.next()) {
    for (const auto& item : days.go_to(*day)) {
      const core::MeteredEvent& event = item.what.event->event;
      const auto piece = core::presence_on(*day, item.what.event->resource, {event.time, *event.until});
      if (piece) products[item.what.product].push_back(*piece);
    }
    for (auto& [product, pieces] : products) {
      core::merge_presence(pieces);
      PresenceBlockKey key{organization, *day, product, seal, 0};
      for (std::span<const core::Presence> rest = pieces; !rest.empty(); ++key.number) {
        const auto block = rest.first(std::min(rest.size(), presence_block_pieces_max));
        run.put(presence_block_key(key), encode_presence(block));
        rest = rest.subspan(block.size());
      }
      pieces.clear();
    }
  }
}

/// What is known of an organization's pairs, but for those of usage events.
using OtherPairs = std::map<OrganizationNumber, std::vector<std::pair<PairHash, PairState>>>;

OtherPairs other_pairs_of(const Tail& tail) {
  OtherPairs others;
  for (const TailVoid& v : tail.voids()) {
    others[v.organization].emplace_back(v.pair, PairState{PairState::Kind::correction, v.organization, v.content, {}});
  }
  for (const PendingPair& pending : tail.pending()) {
    others[pending.organization].emplace_back(pending.pair,
                                              PairState{PairState::Kind::pending, pending.organization, 0, {}});
  }
  return others;
}

void write_pairs(RunWriter& run, OrganizationNumber organization, const TailStreams& streams, OtherPairs& others) {
  std::vector<std::pair<PairHash, const TailEvent*>> rows;
  for (const ProductNumber product : streams.products()) {
    const TailStreams::Events events = streams.of(product);
    for (std::size_t at = 0; at < events.size(); ++at) {
      fetch_ahead_of(events, at);
      rows.emplace_back(events[at]->pair, events[at]);
    }
  }
  auto& of_others = others[organization];
  for (const auto& [pair, state] : of_others) rows.emplace_back(pair, nullptr);
  std::ranges::sort(rows, {}, &std::pair<PairHash, const TailEvent*>::first);
  std::ranges::sort(of_others, {}, &std::pair<PairHash, PairState>::first);
  auto other = of_others.begin();
  std::string key;
  std::string value;
  for (const auto& [pair, event] : rows) {
    write_pair_key(organization, pair, key);
    if (event != nullptr) {
      write_pair_state({PairState::Kind::usage, organization, event->content, event->place()}, value);
    } else {
      write_pair_state((other++)->second, value);
    }
    run.put(key, value);
  }
}

void write_voided_days(RunWriter& run, OrganizationNumber organization, const std::vector<VoidedEvent>& voided) {
  using VoidedDays = TouchedDays<const VoidedEvent*>;
  std::vector<VoidedDays::Item> items;
  items.reserve(voided.size());
  for (const VoidedEvent& event : voided) items.push_back({event.place.first_day(), event.place.last_day(), &event});
  VoidedDays days(std::move(items));
  while (const auto day = days.next()) {
    auto& touching = days.go_to(*day);
    const auto pair_of = [](const auto& item) { return item.what->pair; };
    std::ranges::sort(touching, {}, pair_of);
    // An event that was voided twice is voided once.
    const auto is_again = [&](const auto& a, const auto& b) { return pair_of(a) == pair_of(b); };
    touching.erase(std::unique(touching.begin(), touching.end(), is_again), touching.end());
    for (const auto& item : touching) {
      run.put(voided_day_key(organization, *day, item.what->pair), voided_day_value(item.what->place));
    }
  }
}

void write_voids(RunWriter& run, const Tail& tail) {
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
  RunWriter presence(database, Family::presence);
  RunWriter pairs(database, Family::dedupe);
  RunWriter voids(database, Family::voids);
  OtherPairs others = other_pairs_of(tail);
  for (std::uint32_t number = 0; number < tail.organizations_end(); ++number) {
    const OrganizationNumber organization{number};
    const auto [streams, voided] = tail.view(organization, tail.last_sequence());
    write_voided_days(voids, organization, voided);
    write_pairs(pairs, organization, streams, others);
    std::vector<IntervalDays::Item> intervals;
    RollupSealing rollups(organization,
                          [&](const std::string& key, const std::string& value) { rollup.merge(key, value); });
    for (const ProductNumber product : streams.products()) {
      const auto events_of_product = streams.of(product);
      Stream stream{organization, product, {events_of_product.begin(), events_of_product.end()}};
      std::ranges::stable_sort(stream.events, {}, [](const TailEvent* event) { return event->event.time; });
      write_blocks(events, watermark.seals, stream);
      if (!rollups.add(product, stream.events)) {
        return fail(database.corrupt("quantities of one product on one day that are too large to be added up"));
      }
      for (const TailEvent* event : stream.events) {
        if (!event->event.until) continue;
        const EventPlace place = event->place();
        intervals.push_back({place.first_day(), place.last_day(), {product, event}});
      }
    }
    rollups.finish();
    write_presence(presence, organization, watermark.seals, std::move(intervals));
  }
  write_voids(voids, tail);
  RunWriter mark(database, Family::watermark);
  mark.put(std::string(watermark_key), encode_watermark(watermark));

  SealedRuns runs;
  for (RunWriter* run : {&pairs, &events, &rollup, &presence, &voids, &mark}) {
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
