#include "store/embedded/token_rows.hpp"

#include <rocksdb/write_batch.h>

#include <algorithm>
#include <string>
#include <vector>

#include "store/embedded/catalog_codec.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::string_view unknown_form = "a token of an unknown form";

std::string_view view_of_hash(const TokenHash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// A batch in memory takes every row; a failure comes back from writing it.
void put(Database& database, rocksdb::WriteBatch& batch, const Token& token) {
  const std::string value = encode(token);
  static_cast<void>(batch.Put(database.family(Family::tokens), slice_of(view_of_hash(token.hash)), slice_of(value)));
}

// Adds the removal of all tokens that `is_ended` names; how many they are.
template <class IsEnded>
Stored<std::uint64_t> remove_where(Database& database, rocksdb::WriteBatch& batch, IsEnded is_ended) {
  std::uint64_t removed = 0;
  const std::unique_ptr<rocksdb::Iterator> row(
      database.rocks().NewIterator(rocksdb::ReadOptions(), database.family(Family::tokens)));
  for (row->SeekToFirst(); row->Valid(); row->Next()) {
    Token token;
    if (!decode(view_of(row->value()), token)) return fail(database.corrupt(unknown_form));
    if (!is_ended(token)) continue;
    static_cast<void>(batch.Delete(database.family(Family::tokens), row->key()));
    ++removed;
  }
  if (!row->status().ok()) return fail(database.error("read the tokens", row->status()));
  return removed;
}

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

StoreStatus TokenRows::save_tokens(std::span<const Token> tokens) {
  rocksdb::WriteBatch batch;
  for (const Token& token : tokens) put(*database_, batch, token);
  return database_->write(batch);
}

Stored<bool> TokenRows::exchange_token(const TokenHash& used, std::span<const Token> issued) {
  const std::lock_guard lock(mutex_);
  auto found = find_token(used);
  if (!found) return fail(std::move(found.error()));
  if (!*found || (*found)->use != TokenUse::refresh) return false;
  Token spent = std::move(**found);
  spent.use = TokenUse::spent;
  rocksdb::WriteBatch batch;
  put(*database_, batch, spent);
  for (const Token& token : issued) put(*database_, batch, token);
  if (auto written = database_->write(batch); !written) return fail(std::move(written.error()));
  return true;
}

StoreStatus TokenRows::end_family(const TokenFamily& family) {
  const std::lock_guard lock(mutex_);
  rocksdb::WriteBatch batch;
  const auto removed =
      remove_where(*database_, batch, [&family](const Token& token) { return token.family == family; });
  if (!removed) return fail(removed.error());
  if (*removed == 0) return {};
  return database_->write(batch);
}

Stored<std::optional<Token>> TokenRows::find_token(const TokenHash& hash) const {
  auto value = database_->get(Family::tokens, view_of_hash(hash));
  if (!value) return fail(value.error());
  if (!*value) return std::nullopt;
  Token token;
  token.hash = hash;
  if (!decode(**value, token)) return fail(database_->corrupt(unknown_form));
  return token;
}

Stored<std::uint64_t> TokenRows::remove_expired_tokens(core::TimePoint now) {
  rocksdb::WriteBatch batch;
  auto removed = remove_where(*database_, batch, [now](const Token& token) { return token.expires <= now; });
  if (!removed || *removed == 0) return removed;
  if (auto written = database_->write(batch); !written) return fail(std::move(written.error()));
  return removed;
}

StoreStatus end_tokens(const CatalogChange& change, Database& database, rocksdb::WriteBatch& batch) {
  if (change.tokens_ended_of.empty() && change.tokens_ended_of_users.empty()) return {};
  const auto removed = remove_where(database, batch, [&change](const Token& token) {
    return contains(change.tokens_ended_of, token.client_id) || contains(change.tokens_ended_of_users, token.user_id);
  });
  if (!removed) return fail(removed.error());
  return {};
}

}  // namespace tallystick::store::embedded
