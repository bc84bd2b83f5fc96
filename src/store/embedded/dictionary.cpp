#include "store/embedded/dictionary.hpp"

#include <rocksdb/write_batch.h>

#include <mutex>

#include "store/embedded/byte_codec.hpp"

namespace tallystick::store::embedded {
namespace {

std::string_view name_of(const core::OrganizationId& organization) {
  return {reinterpret_cast<const char*>(organization.bytes.data()), organization.bytes.size()};
}

}  // namespace

std::optional<std::uint32_t> NameTable::find(std::string_view name) const {
  const std::shared_lock lock(mutex_);
  return find_as_appender(name);
}

std::optional<std::uint32_t> NameTable::find_as_appender(std::string_view name) const {
  const auto known = numbers_.find(name);
  return known == numbers_.end() ? std::nullopt : std::optional(known->second);
}

std::uint32_t NameTable::size() const {
  const std::shared_lock lock(mutex_);
  return static_cast<std::uint32_t>(names_.size());
}

std::optional<std::vector<std::string_view>> NameTable::names_of(std::span<const std::uint32_t> numbers) const {
  std::vector<std::string_view> names;
  names.reserve(numbers.size());
  const std::shared_lock lock(mutex_);
  for (const std::uint32_t number : numbers) {
    if (number >= names_.size()) return std::nullopt;
    names.push_back(names_[number]);
  }
  return names;
}

void NameTable::append(std::string_view name) {
  const std::unique_lock lock(mutex_);
  names_.emplace_back(name);
  numbers_.emplace(names_.back(), static_cast<std::uint32_t>(names_.size() - 1));
}

Stored<std::shared_ptr<Dictionary>> Dictionary::load(Database& database) {
  auto dictionary = std::make_shared<Dictionary>();
  const std::unique_ptr<rocksdb::Iterator> row(
      database.rocks().NewIterator(rocksdb::ReadOptions(), database.family(Family::dictionary)));
  for (row->SeekToFirst(); row->Valid(); row->Next()) {
    ByteReader key(view_of(row->key()));
    const std::uint8_t kind = key.u8();
    const std::uint32_t number = key.u32_ordered();
    if (!key.is_done() || kind >= kind_count || number != dictionary->tables_.at(kind).size()) {
      return fail(database.corrupt("a dictionary with a gap"));
    }
    dictionary->tables_.at(kind).append(view_of(row->value()));
  }
  if (!row->status().ok()) return fail(database.error("read the dictionary", row->status()));
  return dictionary;
}

std::optional<OrganizationNumber> Dictionary::find(const core::OrganizationId& organization) const {
  const auto number = table(Kind::organization).find(name_of(organization));
  return number ? std::optional(OrganizationNumber{*number}) : std::nullopt;
}

std::optional<ProductNumber> Dictionary::find_product(std::string_view key) const {
  const auto number = table(Kind::product).find(key);
  return number ? std::optional(ProductNumber{*number}) : std::nullopt;
}

OrganizationNumber DictionaryAdditions::number_of(const core::OrganizationId& organization) {
  return OrganizationNumber{number(Dictionary::Kind::organization, name_of(organization))};
}

ProductNumber DictionaryAdditions::number_of_product(std::string_view key) {
  return ProductNumber{number(Dictionary::Kind::product, key)};
}

ResourceNumber DictionaryAdditions::number_of_resource(std::string_view name) {
  return ResourceNumber{number(Dictionary::Kind::resource, name)};
}

std::uint32_t DictionaryAdditions::number(Dictionary::Kind kind, std::string_view name) {
  const NameTable& table = dictionary_.table(kind);
  if (const auto known = table.find_as_appender(name)) return *known;
  Added& added = added_[static_cast<std::size_t>(kind)];
  const auto next = static_cast<std::uint32_t>(table.size() + added.names.size());
  const auto [entry, is_new] = added.numbers.emplace(name, next);
  if (is_new) added.names.push_back(name);
  return entry->second;
}

void DictionaryAdditions::write(Database& database, rocksdb::WriteBatch& batch) const {
  for (std::size_t kind = 0; kind < Dictionary::kind_count; ++kind) {
    std::uint32_t number = dictionary_.table(static_cast<Dictionary::Kind>(kind)).size();
    for (const std::string_view name : added_.at(kind).names) {
      std::string key;
      ByteWriter writer(key);
      writer.u8(static_cast<std::uint8_t>(kind));
      writer.u32_ordered(number++);
      // A batch in memory takes every row; a failure would come back from writing it.
      static_cast<void>(batch.Put(database.family(Family::dictionary), key, slice_of(name)));
    }
  }
}

void DictionaryAdditions::publish() {
  for (std::size_t kind = 0; kind < Dictionary::kind_count; ++kind) {
    for (const std::string_view name : added_.at(kind).names) {
      dictionary_.table(static_cast<Dictionary::Kind>(kind)).append(name);
    }
  }
}

}  // namespace tallystick::store::embedded
