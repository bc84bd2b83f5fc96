#include "store/embedded/catalog_rows.hpp"

#include <rocksdb/write_batch.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/embedded/byte_codec.hpp"
#include "store/embedded/catalog_codec.hpp"
#include "store/embedded/contract_codec.hpp"
#include "store/embedded/token_rows.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::string_view operator_key = "operator";

// The first byte of a row's key.
enum class Kind : std::uint8_t {
  organization = 0,
  trust = 1,
  client = 2,
  product = 3,
  contract = 4,
  seller = 5,
  settings = 6,
  contract_applied = 7,
  user = 8,
  saml = 9,
};
// Entities have the number of their first put in front of their value.
constexpr bool has_ordinal(std::uint8_t kind) {
  return kind != static_cast<std::uint8_t>(Kind::settings) && kind != static_cast<std::uint8_t>(Kind::contract_applied);
}
constexpr core::TimePoint applied_before_it_was_kept{};

Kind kind_of(const core::Organization&) {
  return Kind::organization;
}
Kind kind_of(const core::Trust&) {
  return Kind::trust;
}
Kind kind_of(const core::OAuthClient&) {
  return Kind::client;
}
Kind kind_of(const core::Product&) {
  return Kind::product;
}
Kind kind_of(const core::Contract&) {
  return Kind::contract;
}
Kind kind_of(const core::Seller&) {
  return Kind::seller;
}
Kind kind_of(const core::User&) {
  return Kind::user;
}
Kind kind_of(const core::SamlIssuer&) {
  return Kind::saml;
}

std::string row_key(Kind kind) {
  return {static_cast<char>(kind)};
}
std::string key_of(Kind kind, std::string_view name) {
  return row_key(kind).append(name);
}
std::string key_of(Kind kind, const core::Uuid& id) {
  std::string key = row_key(kind);
  ByteWriter(key).uuid(id);
  return key;
}
std::string key_of(const core::Organization& organization) {
  return key_of(Kind::organization, organization.id);
}
std::string key_of(const core::Trust& trust) {
  std::string key = row_key(Kind::trust);
  ByteWriter writer(key);
  writer.uuid(trust.trustee);
  writer.uuid(trust.trustor);
  return key;
}
std::string key_of(const core::OAuthClient& client) {
  return key_of(Kind::client, client.id);
}
std::string key_of(const core::Product& product) {
  return key_of(Kind::product, product.key);
}
std::string key_of(const core::Contract& contract) {
  return key_of(Kind::contract, contract.id);
}
std::string key_of(const core::Seller& seller) {
  return key_of(Kind::seller, seller.key);
}
std::string key_of(const core::User& user) {
  return key_of(Kind::user, user.id);
}
std::string saml_key_of(const core::OrganizationId& organization, std::string_view issuer) {
  return key_of(Kind::saml, organization).append(issuer);
}
std::string key_of(const core::SamlIssuer& issuer) {
  return saml_key_of(issuer.organization, issuer.issuer);
}

// A batch in memory takes every row; a failure comes back from writing it.
void put(Database& database, Family family, rocksdb::WriteBatch& batch, std::string_view key, std::string_view value) {
  static_cast<void>(batch.Put(database.family(family), slice_of(key), slice_of(value)));
}
void remove(Database& database, Family family, rocksdb::WriteBatch& batch, std::string_view key) {
  static_cast<void>(batch.Delete(database.family(family), slice_of(key)));
}

// The numbers of all entities' first puts, by key.
Stored<std::map<std::string, std::uint64_t>> load_ordinals(Database& database) {
  std::map<std::string, std::uint64_t> ordinals;
  const std::unique_ptr<rocksdb::Iterator> row(
      database.rocks().NewIterator(rocksdb::ReadOptions(), database.family(Family::catalog)));
  for (row->SeekToFirst(); row->Valid(); row->Next()) {
    if (!has_ordinal(ByteReader(view_of(row->key())).u8())) continue;
    ordinals.emplace(row->key().ToString(), ByteReader(view_of(row->value())).u64_ordered());
  }
  if (!row->status().ok()) return fail(database.error("read the catalog", row->status()));
  return ordinals;
}

template <class Entity>
Stored<std::vector<Entity>> load_entities(Database& database, const rocksdb::Snapshot* snapshot) {
  const std::string prefix = row_key(kind_of(Entity{}));
  std::vector<std::pair<std::uint64_t, Entity>> ordered;
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  const std::unique_ptr<rocksdb::Iterator> row(database.rocks().NewIterator(options, database.family(Family::catalog)));
  for (row->Seek(prefix); row->Valid() && row->key().starts_with(prefix); row->Next()) {
    std::string_view value = view_of(row->value());
    const std::uint64_t ordinal = ByteReader(value).u64_ordered();
    value.remove_prefix(std::min(value.size(), sizeof ordinal));
    Entity entity;
    if (!decode(value, entity)) return fail(database.corrupt("a catalog row of an unknown form"));
    ordered.emplace_back(ordinal, std::move(entity));
  }
  if (!row->status().ok()) return fail(database.error("read the catalog", row->status()));
  std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Entity> entities;
  entities.reserve(ordered.size());
  for (auto& entry : ordered) entities.push_back(std::move(entry.second));
  return entities;
}

template <class Entity>
StoreStatus load_into(std::vector<Entity>& into, Database& database, const rocksdb::Snapshot* snapshot) {
  auto loaded = load_entities<Entity>(database, snapshot);
  if (!loaded) return fail(loaded.error());
  into = std::move(*loaded);
  return {};
}

// Nothing set: none were put yet.
Stored<core::Settings> load_settings(Database& database, const rocksdb::Snapshot* snapshot) {
  auto value = database.get(Family::catalog, row_key(Kind::settings), snapshot);
  if (!value) return fail(value.error());
  core::Settings settings;
  if (*value && !decode(**value, settings)) return fail(database.corrupt("settings of an unknown form"));
  return settings;
}

}  // namespace

Stored<core::Catalog> CatalogRows::load_catalog() const {
  rocksdb::ManagedSnapshot snapshot(&database_->rocks());
  core::Catalog catalog;
  const auto load = [&](auto& into) { return load_into(into, *database_, snapshot.snapshot()); };
  if (auto loaded = load(catalog.organizations); !loaded) return fail(loaded.error());
  if (auto loaded = load(catalog.trusts); !loaded) return fail(loaded.error());
  if (auto loaded = load(catalog.clients); !loaded) return fail(loaded.error());
  if (auto loaded = load(catalog.products); !loaded) return fail(loaded.error());
  if (auto loaded = load(catalog.contracts); !loaded) return fail(loaded.error());
  if (auto loaded = load(catalog.sellers); !loaded) return fail(loaded.error());
  if (auto loaded = load(catalog.users); !loaded) return fail(loaded.error());
  if (auto loaded = load(catalog.saml); !loaded) return fail(loaded.error());
  auto settings = load_settings(*database_, snapshot.snapshot());
  if (!settings) return fail(settings.error());
  catalog.settings = *settings;
  return catalog;
}

StoreStatus CatalogRows::save_catalog(const CatalogChange& change) {
  const std::lock_guard lock(mutex_);
  auto ordinals = load_ordinals(*database_);
  if (!ordinals) return fail(ordinals.error());
  std::uint64_t next = 0;
  for (const auto& [key, ordinal] : *ordinals) next = std::max(next, ordinal + 1);

  rocksdb::WriteBatch batch;
  const auto remove_row = [&](const std::string& key) {
    remove(*database_, Family::catalog, batch, key);
    ordinals->erase(key);
  };
  for (const auto& id : change.removed_organizations) remove_row(key_of(Kind::organization, id));
  for (const auto& trust : change.removed_trusts) remove_row(key_of(trust));
  for (const auto& id : change.removed_clients) remove_row(key_of(Kind::client, id));
  for (const auto& key : change.removed_products) remove_row(key_of(Kind::product, key));
  for (const auto& id : change.removed_contracts) {
    remove_row(key_of(Kind::contract, id));
    remove(*database_, Family::catalog, batch, key_of(Kind::contract_applied, id));
  }
  for (const auto& key : change.removed_sellers) remove_row(key_of(Kind::seller, key));
  for (const auto& id : change.removed_users) remove_row(key_of(Kind::user, id));
  for (const auto& issuer : change.removed_saml) remove_row(saml_key_of(issuer.first, issuer.second));
  if (auto ended = end_tokens(change, *database_, batch); !ended) return ended;

  const auto put_rows = [&](const auto& entities) {
    for (const auto& entity : entities) {
      const std::string key = key_of(entity);
      const auto [entry, is_new] = ordinals->emplace(key, next);
      if (is_new) ++next;
      std::string value;
      ByteWriter(value).u64_ordered(entry->second);
      put(*database_, Family::catalog, batch, key, value.append(encode(entity)));
    }
  };
  for (const core::Contract& contract : change.put.contracts) {
    if (ordinals->contains(key_of(contract))) continue;
    std::string value;
    ByteWriter(value).time(change.applied_at);
    put(*database_, Family::catalog, batch, key_of(Kind::contract_applied, contract.id), value);
  }
  put_rows(change.put.organizations);
  put_rows(change.put.trusts);
  put_rows(change.put.clients);
  put_rows(change.put.products);
  put_rows(change.put.contracts);
  put_rows(change.put.sellers);
  put_rows(change.put.users);
  put_rows(change.put.saml);
  if (change.put.settings != core::Settings{}) {
    auto settings = load_settings(*database_, nullptr);
    if (!settings) return fail(settings.error());
    if (change.put.settings.close_grace_hours) settings->close_grace_hours = change.put.settings.close_grace_hours;
    put(*database_, Family::catalog, batch, row_key(Kind::settings), encode(*settings));
  }
  return database_->write(batch);
}

Stored<std::optional<core::TimePoint>> CatalogRows::contract_first_applied(const core::Uuid& id) const {
  rocksdb::ManagedSnapshot snapshot(&database_->rocks());
  const auto applied = database_->get(Family::catalog, key_of(Kind::contract_applied, id), snapshot.snapshot());
  if (!applied) return fail(applied.error());
  if (*applied) {
    ByteReader reader(**applied);
    const core::TimePoint time = reader.time();
    if (!reader.is_done()) return fail(database_->corrupt("a contract's first time of an unknown form"));
    return time;
  }
  const auto contract = database_->get(Family::catalog, key_of(Kind::contract, id), snapshot.snapshot());
  if (!contract) return fail(contract.error());
  return *contract ? std::optional(applied_before_it_was_kept) : std::nullopt;
}

Stored<std::optional<core::OAuthClient>> CatalogRows::load_operator() const {
  auto value = database_->get(Family::meta, operator_key);
  if (!value) return fail(value.error());
  if (!*value) return std::nullopt;
  core::OAuthClient client;
  if (!decode(**value, client)) return fail(database_->corrupt("an operator of an unknown form"));
  return client;
}

StoreStatus CatalogRows::save_operator(const core::OAuthClient& client) {
  rocksdb::WriteBatch batch;
  put(*database_, Family::meta, batch, operator_key, encode(client));
  return database_->write(batch);
}

}  // namespace tallystick::store::embedded
