#pragma once
#include <rocksdb/iterator.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/embedded/database.hpp"
#include "store/embedded/stored_event.hpp"
#include "store/store.hpp"

/// The presence: what the sealed intervals (events with `until`) of one tail cover of one day, merged resource by
/// resource, voided ones included. Days come before products, so that one scan gives an organization's days in order.
///
///     key    organization, day, product, seal, number in the seal
///     value  pieces in the order of resource, then start
namespace tallystick::store::embedded {

inline constexpr std::size_t presence_block_pieces_max = 512;

struct PresenceBlockKey {
  OrganizationNumber organization{};
  core::Day day;
  ProductNumber product{};
  std::uint64_t seal = 0;
  std::uint32_t number = 0;
  friend bool operator==(const PresenceBlockKey&, const PresenceBlockKey&) = default;
};
[[nodiscard]] std::string presence_block_key(const PresenceBlockKey& key);
/// Absent where the key is none of ours.
[[nodiscard]] std::optional<PresenceBlockKey> read_presence_block_key(std::string_view key);

/// Pieces of one day, merged (core::merge_presence).
[[nodiscard]] std::string encode_presence(std::span<const core::Presence> pieces);
/// Appends to `pieces`; false where the bytes break the format, with some of them appended.
[[nodiscard]] bool decode_presence(std::string_view bytes, std::vector<core::Presence>& pieces);

/// Reads one organization's presence as of one snapshot, in the order of the days.
class PresenceBlockReader {
 public:
  /// From the day `first` on.
  PresenceBlockReader(Database& database, const rocksdb::Snapshot* snapshot, OrganizationNumber organization,
                      core::Day first);

  /// The day whose blocks come next, absent after the last one.
  [[nodiscard]] Stored<std::optional<core::Day>> next_day() const;

  /// Where the pieces of a product's block are to be appended.
  using PiecesOf = std::function<std::vector<core::Presence>&(ProductNumber)>;
  /// Reads the blocks of `day` where they come next, and nothing otherwise.
  [[nodiscard]] StoreStatus read_day(core::Day day, const PiecesOf& pieces_of);

 private:
  [[nodiscard]] Stored<std::optional<PresenceBlockKey>> next_key() const;

  Database& database_;
  OrganizationNumber organization_;
  std::unique_ptr<rocksdb::Iterator> row_;
};

}  // namespace tallystick::store::embedded
