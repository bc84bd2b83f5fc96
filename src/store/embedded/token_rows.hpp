#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>

#include "store/embedded/database.hpp"
#include "store/store.hpp"

namespace rocksdb {
class WriteBatch;
}

namespace tallystick::store::embedded {

/// The tokens that were handed out: plain rows, each change one synced write. Any thread.
///
///     tokens   hash → token
class TokenRows {
 public:
  explicit TokenRows(std::shared_ptr<Database> database) : database_(std::move(database)) {}

  [[nodiscard]] StoreStatus save_tokens(std::span<const Token> tokens);
  [[nodiscard]] Stored<bool> exchange_token(const TokenHash& used, std::span<const Token> issued);
  [[nodiscard]] StoreStatus end_family(const TokenFamily& family);
  [[nodiscard]] Stored<std::optional<Token>> find_token(const TokenHash& hash) const;
  [[nodiscard]] Stored<std::uint64_t> remove_expired_tokens(core::TimePoint now);

 private:
  std::shared_ptr<Database> database_;
  std::mutex mutex_;  // for exchanges and ends of families, which look first and write then
};

/// Adds to a change of the catalog that the tokens which it ends are forgotten.
[[nodiscard]] StoreStatus end_tokens(const CatalogChange& change, Database& database, rocksdb::WriteBatch& batch);

}  // namespace tallystick::store::embedded
