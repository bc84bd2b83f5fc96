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
#include "store/embedded/packed_text.hpp"
#include "store/embedded/stored_event.hpp"
#include "store/store.hpp"

/// The sealed events: blocks of up to event_block_events_max events of one product on one UTC day. An event with
/// `until` has an entry in every day of which it covers a moment, so that a day's blocks say all about the day.
///
///     key    organization, product, day, first moment in the block, seal, number among the seal's of that moment
///     value  the events with source and id, each told by what it does not share with the one before
namespace tallystick::store::embedded {

inline constexpr std::size_t event_block_events_max = 64;

/// One entry of a block.
struct BlockEvent {
  core::MeteredEvent event;
  ResourceNumber resource{};
};

struct EventBlockKey {
  OrganizationNumber organization{};
  ProductNumber product{};
  core::Day day;
  core::TimePoint first;  ///< within the day; its start for an event that began earlier
  std::uint64_t seal = 0;
  std::uint32_t number = 0;
};
/// Keys sort by organization, product, day and first moment; no two blocks have one.
[[nodiscard]] std::string event_block_key(const EventBlockKey& key);

/// Adds entries one by one, at most event_block_events_max; the bytes are the block's value.
class EventBlockWriter {
 public:
  /// Begins an empty block under a key of this first moment.
  void begin(core::TimePoint first);
  void add(const BlockEvent& entry);
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  PackedTextWriter ids_;
  std::string last_source_;
  core::TimePoint last_time_;
  std::size_t size_ = 0;
};

/// Where blocks are within an organization, in their order.
struct DayOfProduct {
  ProductNumber product{};
  core::Day day;
};

/// Reads sealed events as of one snapshot, and holds one block of them at a time, however many a day has. Costs nothing
/// until something is read.
class EventBlockReader {
 public:
  EventBlockReader(Database& database, const rocksdb::Snapshot* snapshot) : database_(database), snapshot_(snapshot) {}

  /// Calls `use` block by block with every event that covers a moment of `part`, which lies within one day, and with
  /// some others of that day, for the caller to sort out. Voided events are among them. Texts of the events live until
  /// the call returns.
  using UseBlock = std::function<StoreStatus(std::span<const BlockEvent>)>;
  [[nodiscard]] StoreStatus read(OrganizationNumber organization, ProductNumber product, const core::Period& part,
                                 const UseBlock& use);

  /// The first product and day that have blocks, at or after these; absent: the organization has none from there on.
  [[nodiscard]] Stored<std::optional<DayOfProduct>> first_from(OrganizationNumber organization,
                                                               const DayOfProduct& from);
  /// The last day of a product that has blocks; absent where none has.
  [[nodiscard]] Stored<std::optional<core::Day>> last_day(OrganizationNumber organization, ProductNumber product);

 private:
  void open();
  // Of the row that was sought; absent where there is none, or another organization's.
  [[nodiscard]] Stored<std::optional<DayOfProduct>> place_of_row(OrganizationNumber organization) const;
  [[nodiscard]] StoreStatus read_block(std::string_view key, std::string_view value);

  Database& database_;
  const rocksdb::Snapshot* snapshot_;
  std::unique_ptr<rocksdb::Iterator> row_;  // opened by the first read
  std::vector<BlockEvent> block_;
  TextArena texts_;  // of its ids
};

}  // namespace tallystick::store::embedded
