#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <cstring>
#include <map>
#include <stdexcept>
#include <unordered_set>

#include "contenders/contender.hpp"
#include "contenders/keyed_event.hpp"
#include "contenders/rollup_merge.hpp"

namespace tallystick::bench {
namespace {

enum class Family { standard, dedupe, event, rollup };
constexpr std::size_t family_count = 4;
constexpr std::size_t key_bytes = 16;

void require(const rocksdb::Status& status) {
  if (!status.ok()) throw std::runtime_error("RocksDB: " + status.ToString());
}

// Big-endian, so that keys sort as their numbers do.
void append(std::string& key, std::uint64_t number, unsigned bytes) {
  while (bytes-- > 0) key += static_cast<char>(number >> (8 * bytes));
}

std::string rollup_key(std::uint16_t organization, std::uint16_t product, std::int64_t day, std::uint32_t resource) {
  std::string key;
  append(key, organization, 4);
  append(key, product, 2);
  append(key, static_cast<std::uint64_t>(day), 4);
  append(key, resource, 4);
  return key;
}

std::uint64_t number_at(const rocksdb::Slice& key, std::size_t from, std::size_t bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = from; i < from + bytes; ++i) number = number << 8U | static_cast<unsigned char>(key[i]);
  return number;
}

rocksdb::ColumnFamilyOptions options_of(Family family, const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.filter_policy.reset(rocksdb::NewRibbonFilterPolicy(10));
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.format_version = 5;
  table.block_size = family == Family::dedupe ? 8'192 : 16'384;
  if (family == Family::dedupe) {
    table.data_block_index_type = rocksdb::BlockBasedTableOptions::kDataBlockBinaryAndHash;
  }
  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.write_buffer_size = 64U << 20U;
  options.max_write_buffer_number = 4;
  options.level_compaction_dynamic_level_bytes = true;
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression = family == Family::rollup ? rocksdb::kZSTD : rocksdb::kLZ4Compression;
  options.max_bytes_for_level_base = 256U << 20U;
  if (family == Family::rollup) options.merge_operator = make_rollup_merge();
  return options;
}

class RocksdbRows final : public Contender {
 public:
  explicit RocksdbRows(const std::string& directory) {
    rocksdb::DBOptions options;
    options.create_if_missing = true;
    options.create_missing_column_families = true;
    options.max_background_jobs = 2;
    const auto cache = rocksdb::NewLRUCache(2ULL << 30U);
    const std::vector<rocksdb::ColumnFamilyDescriptor> families{
        {rocksdb::kDefaultColumnFamilyName, rocksdb::ColumnFamilyOptions()},
        {"dedupe", options_of(Family::dedupe, cache)},
        {"event", options_of(Family::event, cache)},
        {"rollup", options_of(Family::rollup, cache)}};
    rocksdb::DB* database = nullptr;
    require(rocksdb::DB::Open(options, directory + "/rocksdb", families, &handles_, &database));
    database_.reset(database);
  }
  ~RocksdbRows() override {
    for (rocksdb::ColumnFamilyHandle* handle : handles_) database_->DestroyColumnFamilyHandle(handle);
  }

  [[nodiscard]] std::unique_ptr<PreparedGroup> prepare(std::span<const LoadEvent> events) const override {
    return std::make_unique<KeyedGroup>(events);
  }

  [[nodiscard]] GroupOutcome commit(PreparedGroup& group) override {
    const auto& events = static_cast<KeyedGroup&>(group).events;
    const std::vector<rocksdb::Slice> keys = keys_of(events);
    std::vector<rocksdb::PinnableSlice> values(keys.size());
    std::vector<rocksdb::Status> known(keys.size());
    database_->MultiGet({}, handle(Family::dedupe), keys.size(), keys.data(), values.data(), known.data());

    rocksdb::WriteBatch batch(events.size() * 200);
    std::unordered_set<std::string_view> in_group;
    std::map<std::string, DayRollup> rollups;
    GroupOutcome outcome;
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (!known[i].ok() && !known[i].IsNotFound()) require(known[i]);
      if (known[i].ok() || !in_group.insert({keys[i].data(), keys[i].size()}).second) {
        ++outcome.duplicates;
        continue;
      }
      ++outcome.accepted;
      require(batch.Put(handle(Family::dedupe), keys[i], {}));
      put_event(batch, events[i]);
      const LoadEvent& event = events[i].event;
      rollups[rollup_key(event.organization, event.product, event.time_ms / day_ms, event.resource)].add(event);
    }
    for (const auto& [key, rollup] : rollups) {
      const rocksdb::Slice bytes(reinterpret_cast<const char*>(&rollup), sizeof rollup);
      require(batch.Merge(handle(Family::rollup), key, bytes));
    }
    rocksdb::WriteOptions durable;
    durable.sync = true;
    require(database_->Write(durable, &batch));
    return outcome;
  }

  [[nodiscard]] UsageTotals report(const UsageQuestion& question) override {
    rocksdb::ReadOptions options;
    options.readahead_size = 1U << 20U;
    const std::unique_ptr<rocksdb::Iterator> row(database_->NewIterator(options, handle(Family::rollup)));
    std::map<std::pair<std::uint16_t, std::uint32_t>, DayRollup> resources;
    for (std::uint16_t product = 0; product < product_count; ++product) {
      const std::string end = rollup_key(question.organization, product, question.end_ms / day_ms, 0);
      row->Seek(rollup_key(question.organization, product, question.start_ms / day_ms, 0));
      for (; row->Valid() && row->key().compare(end) < 0; row->Next()) {
        DayRollup rollup;
        std::memcpy(&rollup, row->value().data(), sizeof rollup);
        resources[{product, static_cast<std::uint32_t>(number_at(row->key(), 10, 4))}].add(rollup);
      }
    }
    require(row->status());
    UsageTotals totals;
    for (const auto& [key, rollup] : resources) {
      ProductTotal& total = totals[key.first];
      total.tenths += tenths_of_units(rollup.sum_units);
      ++total.resources;
    }
    return totals;
  }

 private:
  [[nodiscard]] rocksdb::ColumnFamilyHandle* handle(Family family) const {
    static_assert(static_cast<std::size_t>(Family::rollup) + 1 == family_count);
    return handles_.at(static_cast<std::size_t>(family));
  }

  static std::vector<rocksdb::Slice> keys_of(const std::vector<KeyedEvent>& events) {
    static_assert(offsetof(KeyedEvent, key_low) == offsetof(KeyedEvent, key_high) + sizeof(std::uint64_t));
    std::vector<rocksdb::Slice> keys;
    keys.reserve(events.size());
    for (const KeyedEvent& one : events) keys.emplace_back(reinterpret_cast<const char*>(&one.key_high), key_bytes);
    return keys;
  }

  void put_event(rocksdb::WriteBatch& batch, const KeyedEvent& one) {
    const LoadEvent& event = one.event;
    std::string key;
    append(key, event.organization, 4);
    append(key, event.product, 2);
    append(key, static_cast<std::uint64_t>(event.time_ms), 8);
    append(key, sequence_++, 6);
    std::string value;
    append(value, event.resource, 4);
    append(value, static_cast<std::uint64_t>(quantity_units(event)), 8);
    value.append(one.source).append(1, '\0').append(one.id);
    require(batch.Put(handle(Family::event), key, value));
  }

  std::unique_ptr<rocksdb::DB> database_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
  std::uint64_t sequence_ = 0;
};

}  // namespace

std::unique_ptr<Contender> make_rocksdb_rows(const std::string& directory) {
  return std::make_unique<RocksdbRows>(directory);
}

}  // namespace tallystick::bench
