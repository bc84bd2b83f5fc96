#pragma once
#include <rocksdb/db.h>

#include <vector>

#include "store/embedded/database.hpp"
#include "store/embedded/live_tails.hpp"
#include "store/embedded/tail.hpp"
#include "store/store.hpp"

namespace tallystick::store::embedded {

/// A tail as sorted files, one a column family, which become part of the database in one step.
class SealedRuns {
 public:
  /// Writes and syncs the files. `watermark` is what holds once they are ingested.
  [[nodiscard]] static Stored<SealedRuns> write(Database& database, const Tail& tail, const Watermark& watermark);

  /// All files take effect together, the watermark with them, or none does.
  [[nodiscard]] StoreStatus ingest(Database& database) const;

 private:
  std::vector<rocksdb::IngestExternalFileArg> files_;
};

}  // namespace tallystick::store::embedded
