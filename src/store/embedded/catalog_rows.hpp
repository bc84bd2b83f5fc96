#pragma once
#include <memory>
#include <mutex>
#include <optional>

#include "store/embedded/database.hpp"
#include "store/store.hpp"

namespace tallystick::store::embedded {

/// The catalog, the operator's client and the tokens: plain rows, each change one synced write. Any thread.
///
///     catalog  kind, key of the entity → number of its first put, entity
///              kind of the settings → settings
///              kind of first times, contract → when it was first put; contracts of directories of format 4 have none
///     tokens   hash → token
class CatalogRows {
 public:
  explicit CatalogRows(std::shared_ptr<Database> database) : database_(std::move(database)) {}

  [[nodiscard]] Stored<core::Catalog> load_catalog() const;
  /// Removals come first: an entity that is removed and put goes to the end.
  [[nodiscard]] StoreStatus save_catalog(const CatalogChange& change);

  /// Of a contract that was put when the time was not kept yet: the beginning of 1970.
  [[nodiscard]] Stored<std::optional<core::TimePoint>> contract_first_applied(const core::Uuid& id) const;

  [[nodiscard]] Stored<std::optional<core::OAuthClient>> load_operator() const;
  [[nodiscard]] StoreStatus save_operator(const core::OAuthClient& client);

  [[nodiscard]] StoreStatus save_token(const Token& token);
  [[nodiscard]] Stored<std::optional<Token>> find_token(const TokenHash& hash) const;
  [[nodiscard]] Stored<std::uint64_t> remove_expired_tokens(core::TimePoint now);

 private:
  std::shared_ptr<Database> database_;
  std::mutex mutex_;  // one change of the catalog at a time, for it looks first and writes then
};

}  // namespace tallystick::store::embedded
