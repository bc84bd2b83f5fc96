#pragma once
#include <functional>
#include <memory>

#include "app/applied_changes.hpp"
#include "app/catalog_snapshot.hpp"
#include "app/clock.hpp"
#include "app/verified_secrets.hpp"
#include "app/writer.hpp"
#include "store/store.hpp"
#include "tallystick/core/catalog.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

struct ApplyOptions {
  bool dry_run = false;
  bool prune = false;  ///< remove what the document lacks
};

/// Makes the server's catalog what a document says, whole or not at all. Documents are taken one after the other:
/// secrets are hashed on a thread of its own (about 100 ms for each that was not verified before), then the change runs
/// alone on the writer's thread.
class ApplyCatalog {
 public:
  /// All that is passed must live longer. `clock`: when a new contract was first applied.
  ApplyCatalog(store::Store& store, Writer& writer, CurrentCatalog& catalog, VerifiedSecrets& secrets, Clock clock);
  /// Documents that still wait are answered `overloaded`.
  ~ApplyCatalog();
  ApplyCatalog(const ApplyCatalog&) = delete;
  ApplyCatalog& operator=(const ApplyCatalog&) = delete;

  /// Must not throw.
  using OnApplied = std::function<void(Result<AppliedChanges, core::Problem>)>;
  /// Answers once, from another thread (`overloaded` from this one). Problems: invalid (400: pointers into the
  /// document), conflict (409: against what is stored), overloaded (many documents wait), storage_failed. An answer
  /// without a problem means that the change is durable and in force.
  void apply(core::CatalogDocument document, ApplyOptions options, OnApplied on_applied);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tallystick::app
