#pragma once
#include <functional>
#include <string>
#include <vector>

#include "app/authenticate.hpp"
#include "app/catalog_snapshot.hpp"
#include "app/writer.hpp"
#include "store/store.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// What an apply did, or a dry run would do. Each entry reads `<kind> <key>`: "product cx-3-named".
struct AppliedChanges {
  std::vector<std::string> created;
  std::vector<std::string> updated;
  std::vector<std::string> removed;
  std::uint64_t unchanged = 0;
};

struct ApplyOptions {
  bool dry_run = false;
  bool prune = false;  ///< remove what the document lacks
};

/// Makes the server's catalog what a document says, whole or not at all.
class ApplyCatalog {
 public:
  ApplyCatalog(store::Store& store, Writer& writer, CurrentCatalog& catalog);

  using OnApplied = std::function<void(Result<AppliedChanges, core::Problem>)>;
  /// Answers once, from the writer's thread. Problems: invalid (400: pointers into the document), conflict (409:
  /// against what is stored), storage_failed.
  void apply(core::CatalogDocument document, ApplyOptions options, OnApplied on_applied);

 private:
  store::Store& store_;
  Writer& writer_;
  CurrentCatalog& catalog_;
};

}  // namespace tallystick::app
