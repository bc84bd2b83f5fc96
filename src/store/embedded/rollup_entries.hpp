#pragma once
#include <chrono>
#include <compare>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "store/embedded/byte_codec.hpp"
#include "store/embedded/stored_event.hpp"

/// The value of a roll-up row: entries in the order of resource and day, each what one resource amounts to on one day
/// of the row's month.
///
///     how far the resource's number is from that of the entry before (of the first: from 0)
///     one byte: the day of the month from 0, and above it the shape
///     one byte: how long the body is, so that it can be passed over or copied unread
///     the body: first moment in milliseconds of the day, sum; but for one event also last moment, count, maximum and
///     last quantity
namespace tallystick::store::embedded {

inline constexpr unsigned days_per_month_max = 31;

/// Where an entry stands among the others: its resource, then its day.
class RollupPosition {
 public:
  static constexpr unsigned day_bits = 5;
  static constexpr unsigned bits = 32 + day_bits;

  RollupPosition() = default;
  RollupPosition(ResourceNumber resource, unsigned day)
      : value_((std::uint64_t{value_of(resource)} << day_bits) | day) {}

  [[nodiscard]] ResourceNumber resource() const {
    return ResourceNumber{static_cast<std::uint32_t>(value_ >> day_bits)};
  }
  /// Later than any entry's.
  [[nodiscard]] static RollupPosition beyond_all() { return RollupPosition(~std::uint64_t{0}); }
  /// From 0.
  [[nodiscard]] unsigned day() const { return static_cast<unsigned>(value_ & ((1U << day_bits) - 1)); }
  [[nodiscard]] std::uint64_t value() const { return value_; }
  friend auto operator<=>(const RollupPosition&, const RollupPosition&) = default;

 private:
  explicit RollupPosition(std::uint64_t value) : value_(value) {}

  std::uint64_t value_ = 0;
};

/// An entry whose body was not looked at. Bytes are borrowed.
struct RollupEntry {
  RollupPosition position;
  std::string_view bytes;  ///< all but the distance
};

/// What an entry holds, of the month that begins on `month_start`. False, and `fold` has no meaning, where the bytes
/// break the format.
[[nodiscard]] bool decode_entry(const RollupEntry& entry, core::Day month_start, core::AggregateFold& fold);

/// Goes through a row entry by entry.
class RollupCursor {
 public:
  explicit RollupCursor(std::string_view row) : reader_(row) {}

  /// Goes to the next entry; false after the last one and where the bytes break the format.
  [[nodiscard]] bool next();
  [[nodiscard]] const RollupEntry& entry() const { return entry_; }
  /// Whether all was read, and made sense.
  [[nodiscard]] bool is_done() const { return reader_.is_done(); }

 private:
  ByteReader reader_;
  RollupEntry entry_;
  bool has_entry_ = false;
};

/// Appends entries, in rising positions, to a row.
class RollupWriter {
 public:
  void reserve(std::size_t bytes) { row_.reserve(bytes); }
  /// A fold that is not empty, all of it on the position's day of the month that begins on `month_start`.
  void add(RollupPosition position, core::Day month_start, const core::AggregateFold& fold);
  void copy(const RollupEntry& entry);

  [[nodiscard]] const std::string& row() const { return row_; }
  /// Hands the row over and begins another.
  [[nodiscard]] std::string take();
  /// Begins another row.
  void clear();

 private:
  void go_to(ResourceNumber resource);

  std::string row_;
  std::string body_;
  std::uint32_t last_resource_ = 0;
};

/// Shapes are numbered from 0 to this.
inline constexpr unsigned rollup_shape_max = 2;

inline bool RollupCursor::next() {
  if (!reader_.has_more()) return false;
  const std::uint64_t distance = reader_.number32();
  const std::string_view rest = reader_.rest();
  const unsigned day_and_shape = reader_.u8();
  const std::size_t body = reader_.u8();
  static_cast<void>(reader_.raw(body));
  const std::uint64_t resource = (has_entry_ ? value_of(entry_.position.resource()) : 0) + distance;
  const RollupPosition position(ResourceNumber{static_cast<std::uint32_t>(resource)},
                                day_and_shape % (1U << RollupPosition::day_bits));
  const bool is_known = resource <= std::numeric_limits<std::uint32_t>::max() && position.day() < days_per_month_max &&
                        day_and_shape >> RollupPosition::day_bits <= rollup_shape_max;
  if (!is_known || (has_entry_ && position <= entry_.position)) reader_.refuse();
  if (!reader_.ok()) return false;
  entry_ = {position, rest.substr(0, 2 + body)};
  has_entry_ = true;
  return true;
}

}  // namespace tallystick::store::embedded
