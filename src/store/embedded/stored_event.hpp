#pragma once
#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <variant>

#include "tallystick/core/aggregate.hpp"
#include "tallystick/core/decimal.hpp"
#include "tallystick/core/period.hpp"
#include "tallystick/core/presence.hpp"
#include "tallystick/core/time.hpp"

/// What an accepted event is inside the embedded store: names are numbers, its pair is a hash.
namespace tallystick::store::embedded {

class ByteReader;

/// Numbers stand for names; the dictionary knows which. They are given in the order of the first event, from 0.
enum class OrganizationNumber : std::uint32_t {};
enum class ProductNumber : std::uint32_t {};
using core::ResourceNumber;

/// The keyed hash of (organization, source, id): two events with one hash are one event. Of ten billion events that two
/// have one by chance is less likely than one in a billion, and without the key nobody makes two such.
struct PairHash {
  std::array<std::uint8_t, 12> bytes{};
  friend auto operator<=>(const PairHash&, const PairHash&) = default;
};

/// The bytes are keyed and uniform already, so that any eight of them hash a table well.
struct PairHashInTable {
  using is_avalanching = void;
  std::size_t operator()(const PairHash& hash) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, hash.bytes.data(), sizeof value);
    return value;
  }
};

/// Where a usage event counts: enough to find it again and every day that it touches.
struct EventPlace {
  ProductNumber product{};
  ResourceNumber resource{};
  core::TimePoint time;
  std::optional<core::TimePoint> until;
  friend bool operator==(const EventPlace&, const EventPlace&) = default;

  [[nodiscard]] core::Day first_day() const { return core::day_of(time); }
  /// The last day of which the event covers a moment.
  [[nodiscard]] core::Day last_day() const {
    return until ? std::max(first_day(), core::day_of(*until - core::milliseconds{1})) : first_day();
  }
};

/// The keyed hash of what an event says. It only tells a repeat from a conflict, so that a few bytes are enough: one
/// conflict in four billion would be taken for a repeat, which changes nothing that is stored.
using ContentHash = std::uint32_t;

/// What is known of one pair. `pending`: no event has it yet, but a void names it.
struct PairState {
  enum class Kind : std::uint8_t { pending = 0, usage = 1, correction = 2 };
  Kind kind = Kind::pending;
  OrganizationNumber organization{};
  ContentHash content = 0;  ///< 0 when pending
  EventPlace place;         ///< of a usage event; once it is sealed, to the day
};

/// An accepted usage event. Texts are borrowed.
struct LoggedUsage {
  OrganizationNumber organization{};
  PairHash pair;
  ContentHash content = 0;
  std::string_view source;
  std::string_view id;
  EventPlace place;
  core::Decimal quantity;
  bool is_voided = false;  ///< a void that came before was waiting for it
};

/// An accepted void. Texts are borrowed.
struct LoggedVoid {
  OrganizationNumber organization{};
  PairHash pair;
  ContentHash content = 0;
  std::string_view source;
  std::string_view id;
  PairHash target;
  std::string_view target_source;
  std::string_view target_id;
  std::optional<EventPlace> target_place;  ///< absent: the target has not come yet
};

using LoggedEvent = std::variant<LoggedUsage, LoggedVoid>;

[[nodiscard]] constexpr std::uint32_t value_of(OrganizationNumber number) {
  return static_cast<std::uint32_t>(number);
}
[[nodiscard]] constexpr std::uint32_t value_of(ProductNumber number) {
  return static_cast<std::uint32_t>(number);
}
[[nodiscard]] constexpr std::uint32_t value_of(ResourceNumber number) {
  return static_cast<std::uint32_t>(number);
}

/// The number that is given next.
[[nodiscard]] constexpr ProductNumber after(ProductNumber number) {
  return ProductNumber{value_of(number) + 1};
}

/// The stretch of time that is one calendar day in UTC.
[[nodiscard]] constexpr core::Period period_of(core::Day day) {
  return {core::TimePoint{day}, core::TimePoint{day + std::chrono::days{1}}};
}

/// Hashes as keys, rows and log records hold them.
[[nodiscard]] inline std::string_view view_of(const PairHash& hash) {
  return {reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size()};
}
[[nodiscard]] PairHash read_hash(ByteReader& reader);

}  // namespace tallystick::store::embedded
