#pragma once
#include <rocksdb/db.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/embedded/data_directory.hpp"
#include "store/embedded/embedded_store.hpp"
#include "store/store.hpp"

namespace tallystick::store::embedded {

/// The column families. Usage (dedupe, events, rollup, presence, voids, watermark) is only ever ingested in sealed
/// runs; the others are written row by row.
enum class Family : std::uint8_t {
  meta,        ///< the directory's hash key, the operator's client
  log,         ///< one record a group of commits, until it is sealed
  dictionary,  ///< number → name
  dedupe,      ///< pair → what is known of it
  events,      ///< blocks of a product's events, day by day
  rollup,      ///< resources' amounts day by day, a row a product and month
  presence,    ///< blocks of merged intervals, day by day
  voids,       ///< voided events by day, and the voids themselves
  watermark,   ///< up to where the log is sealed
  catalog,
  tokens,
  billing,  ///< closed periods, invoices and what became of them
};
inline constexpr std::size_t family_count = 12;

/// A state of the database, kept for as long as anyone holds it.
using SharedSnapshot = std::shared_ptr<const rocksdb::Snapshot>;

/// The owner of the open RocksDB and of its directory. Any thread.
class Database {
 public:
  [[nodiscard]] static Stored<std::shared_ptr<Database>> open(std::unique_ptr<DataDirectory> directory,
                                                              const EmbeddedSettings& settings);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] rocksdb::DB& rocks() { return *rocks_; }
  [[nodiscard]] rocksdb::ColumnFamilyHandle* family(Family family) const {
    return handles_[static_cast<std::size_t>(family)];
  }
  [[nodiscard]] const DataDirectory& directory() const { return *directory_; }
  [[nodiscard]] DataDirectory& directory() { return *directory_; }
  /// As sealing needs them, to write runs of the family's form.
  [[nodiscard]] rocksdb::Options options_of_runs(Family family) const;

  /// Must not outlive this.
  [[nodiscard]] SharedSnapshot snapshot();
  /// The row's value, absent where there is none; at the moment of `snapshot` where one is given.
  [[nodiscard]] Stored<std::optional<std::string>> get(Family family, std::string_view key,
                                                       const rocksdb::Snapshot* snapshot = nullptr);
  /// Written whole and synced, or not at all.
  [[nodiscard]] StoreStatus write(rocksdb::WriteBatch& batch);

  /// What RocksDB says, as a StoreError: `what` was tried, the directory and a way out are named.
  [[nodiscard]] StoreError error(std::string_view what, const rocksdb::Status& status) const;
  /// Rows that break the store's own rules.
  [[nodiscard]] StoreError corrupt(std::string_view what) const;

 private:
  Database() = default;

  std::unique_ptr<DataDirectory> directory_;
  rocksdb::Options options_;
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors_;
  std::unique_ptr<rocksdb::DB> rocks_;
  std::array<rocksdb::ColumnFamilyHandle*, family_count> handles_{};
};

/// A view of bytes, without a copy, in RocksDB's type and back.
[[nodiscard]] inline rocksdb::Slice slice_of(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}
[[nodiscard]] inline std::string_view view_of(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

}  // namespace tallystick::store::embedded
