#include "store/embedded/database.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <algorithm>

#include "store/embedded/compaction_rank.hpp"
#include "store/embedded/rollup_merge.hpp"

namespace tallystick::store::embedded {
namespace {

using rocksdb::BlockBasedTableOptions;
using rocksdb::ColumnFamilyOptions;

constexpr std::array<const char*, family_count> family_names{"default",   "log",     "dictionary", "dedupe",
                                                             "events",    "rollup",  "presence",   "voids",
                                                             "watermark", "catalog", "tokens",     "billing"};

constexpr std::uint64_t row_buffer_bytes = 8ULL << 20U;
// What the write-ahead log has come to decides when the buffer of the log's records is written out, not the buffer's
// own size: all but the last one or two tails in it are forgotten by then, and are not written.
constexpr std::uint64_t wal_bytes_max = 96ULL << 20U;
constexpr std::uint64_t log_buffer_bytes = 128ULL << 20U;
constexpr int log_files_merged_at_once = 2;  // all but the last hold what is forgotten
constexpr int open_files_max = 512;          // leaves descriptors for connections under the usual limit of 1024
constexpr std::size_t info_logs_kept = 4;
constexpr std::size_t point_block_bytes = 4096;
constexpr std::size_t scan_block_bytes = 32768;
constexpr int bloom_bits_per_key = 10;
constexpr int zstd_level = 1;  // the quickest that looks for more than LZ4 does
constexpr int runs_merged_at_once = 16;
// Only a repeat looks into all runs of pairs, which filters let it do quickly, and merging them is by far the most
// rows.
constexpr int large_runs_merged_at_once = 64;
// Every overview and report looks into all runs of roll-ups, and merging these is cheap: what has no counterpart is
// copied.
constexpr int roll_up_runs_merged_at_once = 4;
constexpr int runs_max = 128;

void pack(ColumnFamilyOptions& options) {
  options.compression = rocksdb::kZSTD;
  options.compression_opts.level = zstd_level;
}

void pack_at_the_bottom(ColumnFamilyOptions& options) {
  options.bottommost_compression = rocksdb::kZSTD;
  options.bottommost_compression_opts.enabled = true;
  options.bottommost_compression_opts.level = zstd_level;
}

// For rows that no later row replaces: merging runs only makes fewer of them, so each is merged as seldom as the number
// of runs that a read looks into allows.
void merge_seldom(ColumnFamilyOptions& options, int runs_at_once) {
  options.compaction_style = rocksdb::kCompactionStyleUniversal;
  options.level0_file_num_compaction_trigger = runs_at_once;
  options.level0_slowdown_writes_trigger = runs_max;
  options.level0_stop_writes_trigger = runs_max;
  options.compaction_options_universal.min_merge_width = static_cast<unsigned>(runs_at_once);
  options.compaction_options_universal.size_ratio = 50;
  options.compaction_options_universal.max_size_amplification_percent = 1'000'000;
}

ColumnFamilyOptions options_for(Family family, const std::shared_ptr<rocksdb::Cache>& cache) {
  ColumnFamilyOptions options;
  BlockBasedTableOptions table;
  table.block_cache = cache;
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.format_version = 5;
  table.block_size = scan_block_bytes;
  options.compression = rocksdb::kLZ4Compression;
  options.level_compaction_dynamic_level_bytes = true;
  options.write_buffer_size = row_buffer_bytes;
  switch (family) {
    case Family::dedupe:
      // Nearly every look-up is of a pair that is not there: filters answer those, and an index of hashes in each block
      // would cost more than it saves the few repeats.
      table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(bloom_bits_per_key));
      table.block_size = point_block_bytes;
      merge_seldom(options, large_runs_merged_at_once);
      break;
    case Family::tokens:
      table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(bloom_bits_per_key));
      table.block_size = point_block_bytes;
      break;
    case Family::events:
      // Two thirds are digits of ids that nothing packs: what is left packs as quickly as with LZ4, and better.
      pack(options);
      merge_seldom(options, large_runs_merged_at_once);
      break;
    case Family::billing:
      pack_at_the_bottom(options);
      break;
    case Family::presence:
      pack_at_the_bottom(options);
      merge_seldom(options, runs_merged_at_once);
      break;
    case Family::rollup:
      options.merge_operator = make_rollup_merge();
      pack_at_the_bottom(options);
      merge_seldom(options, roll_up_runs_merged_at_once);
      break;
    case Family::log:
      options.write_buffer_size = log_buffer_bytes;
      options.compression = rocksdb::kNoCompression;
      options.level0_file_num_compaction_trigger = log_files_merged_at_once;
      break;
    case Family::meta:
    case Family::dictionary:
    case Family::voids:
    case Family::watermark:
    case Family::catalog:
      break;
  }
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace

Stored<std::shared_ptr<Database>> Database::open(std::unique_ptr<DataDirectory> directory,
                                                 const EmbeddedSettings& settings) {
  std::shared_ptr<Database> database(new Database);
  database->directory_ = std::move(directory);
  rocksdb::Options& options = database->options_;
  options.create_if_missing = database->directory_->is_new();
  options.create_missing_column_families = database->directory_->is_new() || database->directory_->is_older();
  options.max_background_jobs = std::max(2, settings.background_threads);
  options.max_total_wal_size = wal_bytes_max;
  options.max_open_files = open_files_max;
  options.keep_log_file_num = info_logs_kept;
  options.listeners.push_back(make_compaction_rank());
  options.info_log_level = rocksdb::WARN_LEVEL;
  // An acknowledged commit must never be dropped in silence: only a torn record at the very end, which no one was told
  // about, may be.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;

  const auto cache = rocksdb::NewLRUCache(settings.block_cache_bytes);
  for (std::size_t i = 0; i < family_count; ++i) {
    database->descriptors_.emplace_back(family_names.at(i), options_for(static_cast<Family>(i), cache));
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* rocks = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(
      rocksdb::DBOptions(options), database->directory_->database().string(), database->descriptors_, &handles, &rocks);
  database->rocks_.reset(rocks);
  if (!status.ok()) return fail(database->error("open the database", status));
  std::copy(handles.begin(), handles.end(), database->handles_.begin());
  return database;
}

Database::~Database() {
  if (!rocks_) return;
  for (rocksdb::ColumnFamilyHandle* handle : handles_) {
    if (handle != nullptr) static_cast<void>(rocks_->DestroyColumnFamilyHandle(handle));
  }
  // Everything that was acknowledged is in the synced log already: a failure to close loses nothing.
  static_cast<void>(rocks_->Close());
}

rocksdb::Options Database::options_of_runs(Family family) const {
  rocksdb::Options options(rocksdb::DBOptions(options_), descriptors_[static_cast<std::size_t>(family)].options);
  // A writer of files takes theirs for the bottom; packing is for runs that stay as they are.
  options.bottommost_compression = rocksdb::kDisableCompressionOption;
  return options;
}

SharedSnapshot Database::snapshot() {
  return {rocks_->GetSnapshot(), [this](const rocksdb::Snapshot* snapshot) { rocks_->ReleaseSnapshot(snapshot); }};
}

Stored<std::optional<std::string>> Database::get(Family in, std::string_view key, const rocksdb::Snapshot* snapshot) {
  std::string value;
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  const rocksdb::Status status = rocks_->Get(options, family(in), slice_of(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return fail(error("read a row", status));
  return value;
}

StoreStatus Database::write(rocksdb::WriteBatch& batch) {
  rocksdb::WriteOptions options;
  options.sync = true;
  const rocksdb::Status status = rocks_->Write(options, &batch);
  if (!status.ok()) return fail(error("write", status));
  return {};
}

StoreError Database::error(std::string_view what, const rocksdb::Status& status) const {
  const bool is_corrupt = status.IsCorruption();
  return {is_corrupt ? StoreError::Kind::corrupt : StoreError::Kind::io,
          "cannot " + std::string(what) + " in " + directory_->database().string() + ": " + status.ToString() +
              (is_corrupt ? "; restore the directory from a backup" : "; check the disk, then start again")};
}

StoreError Database::corrupt(std::string_view what) const {
  return {StoreError::Kind::corrupt,
          directory_->database().string() + " holds " + std::string(what) + "; restore the directory from a backup"};
}

}  // namespace tallystick::store::embedded
