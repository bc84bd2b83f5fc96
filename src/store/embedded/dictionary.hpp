#pragma once
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/embedded/database.hpp"
#include "store/embedded/stored_event.hpp"
#include "store/store.hpp"

namespace tallystick::store::embedded {

/// The names of one kind by their numbers. Only ever grows; a name's address never changes. Any thread may read while
/// one appends.
class NameTable {
 public:
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const;
  /// The same without a lock: for the appending thread, besides which nobody changes anything.
  [[nodiscard]] std::optional<std::uint32_t> find_as_appender(std::string_view name) const;
  [[nodiscard]] std::uint32_t size() const;
  /// The names of numbers, in the same order; absent where one of them was never given.
  [[nodiscard]] std::optional<std::vector<std::string_view>> names_of(std::span<const std::uint32_t> numbers) const;
  void append(std::string_view name);

 private:
  mutable std::shared_mutex mutex_;
  std::deque<std::string> names_;
  // std::hash takes eight characters at a time.
  boost::unordered_flat_map<std::string_view, std::uint32_t, std::hash<std::string_view>> numbers_;
};

/// What every number in the store stands for. A name is in it if and only if an event that has it was accepted.
class Dictionary {
 public:
  /// The kinds as their rows begin.
  enum class Kind : std::uint8_t { organization = 0, product = 1, resource = 2 };
  static constexpr std::size_t kind_count = 3;

  [[nodiscard]] static Stored<std::shared_ptr<Dictionary>> load(Database& database);

  [[nodiscard]] NameTable& table(Kind kind) { return tables_[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] const NameTable& table(Kind kind) const { return tables_[static_cast<std::size_t>(kind)]; }

  [[nodiscard]] std::optional<OrganizationNumber> find(const core::OrganizationId& organization) const;
  [[nodiscard]] std::optional<ProductNumber> find_product(std::string_view key) const;

 private:
  std::array<NameTable, kind_count> tables_;
};

/// Names that one group of commits is about to add. They get their numbers here, and are known to others only once
/// the group is durable. Names are borrowed until publish.
class DictionaryAdditions {
 public:
  explicit DictionaryAdditions(Dictionary& dictionary) : dictionary_(dictionary) {}

  [[nodiscard]] OrganizationNumber number_of(const core::OrganizationId& organization);
  [[nodiscard]] ProductNumber number_of_product(std::string_view key);
  [[nodiscard]] ResourceNumber number_of_resource(std::string_view name);

  /// Writes the rows of the new names.
  void write(Database& database, rocksdb::WriteBatch& batch) const;
  void publish();

 private:
  struct Added {
    std::vector<std::string_view> names;
    boost::unordered_flat_map<std::string_view, std::uint32_t> numbers;
  };
  std::uint32_t number(Dictionary::Kind kind, std::string_view name);

  Dictionary& dictionary_;
  std::array<Added, Dictionary::kind_count> added_;
};

}  // namespace tallystick::store::embedded
