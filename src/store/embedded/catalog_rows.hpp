#pragma once
#include <memory>
#include <mutex>
#include <optional>

#include "store/embedded/database.hpp"
#include "store/store.hpp"

namespace tallystick::store::embedded {

/// The catalog and the operator's client: plain rows, each change one synced write. Any thread.
///
///     catalog  kind, key of the entity → number of its first put, entity
///              kind of the settings → settings
///              kind of first times, contract → when it was first put; contracts of directories of format 4 have none
class CatalogRows {
 public:
  explicit CatalogRows(std::shared_ptr<Database> database) : database_(std::move(database)) {}

  [[nodiscard]] Stored<core::Catalog> load_catalog() const;
  /// Removals come first: an entity that is removed and put goes to the end. The tokens that the change ends go in the
  /// same write.
  [[nodiscard]] StoreStatus save_catalog(const CatalogChange& change);

  /// Of a contract that was put when the time was not kept yet: the beginning of 1970.
  [[nodiscard]] Stored<std::optional<core::TimePoint>> contract_first_applied(const core::Uuid& id) const;

  [[nodiscard]] Stored<std::optional<core::OAuthClient>> load_operator() const;
  [[nodiscard]] StoreStatus save_operator(const core::OAuthClient& client);

 private:
  std::shared_ptr<Database> database_;
  std::mutex mutex_;  // one change of the catalog at a time, for it looks first and writes then
};

}  // namespace tallystick::store::embedded
