#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "tallystick/core/decimal.hpp"
#include "tallystick/core/time.hpp"
#include "tallystick/core/uuid.hpp"

/// The primitive forms of which all keys and values of the embedded store are made.
namespace tallystick::store::embedded {

/// A number is seven bits a byte, the lowest first; all but its last byte have the eighth bit.
inline constexpr unsigned number_bits = 7;
inline constexpr std::uint8_t number_continues = 0x80;

/// Appends to a string that it borrows.
class ByteWriter {
 public:
  explicit ByteWriter(std::string& out) : out_(out) {}

  void u8(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  /// Big-endian: the order of the bytes is the order of the numbers, as keys need it.
  void u32_ordered(std::uint32_t value);
  void u64_ordered(std::uint64_t value);
  /// Small numbers are short.
  void number(std::uint64_t value);
  void signed_number(std::int64_t value);
  /// Few digits are short, wherever the point is.
  void decimal(core::Decimal value);
  void time(core::TimePoint value) { signed_number(value.time_since_epoch().count()); }
  void optional_time(const std::optional<core::TimePoint>& value);
  /// Its length and the bytes.
  void text(std::string_view value);
  void optional_text(const std::optional<std::string>& value);
  void raw(std::string_view value) { out_.append(value); }
  void uuid(const core::Uuid& value);

 private:
  std::string& out_;
};

/// Reads what a ByteWriter wrote. After the first byte that does not fit every further value is empty, and ok() is
/// false: callers check once, at the end. Texts are views into what is read.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool ok() const { return ok_; }
  /// All was read, and all of it made sense.
  [[nodiscard]] bool is_done() const { return ok_ && rest_.empty(); }
  [[nodiscard]] bool has_more() const { return ok_ && !rest_.empty(); }
  /// What was not read yet.
  [[nodiscard]] std::string_view rest() const { return rest_; }

  [[nodiscard]] std::uint8_t u8();
  [[nodiscard]] std::uint32_t u32_ordered();
  [[nodiscard]] std::uint64_t u64_ordered();
  [[nodiscard]] std::uint64_t number();
  [[nodiscard]] std::uint32_t number32();
  [[nodiscard]] std::int64_t signed_number();
  [[nodiscard]] core::Decimal decimal();
  [[nodiscard]] core::TimePoint time() { return core::TimePoint{core::milliseconds{signed_number()}}; }
  [[nodiscard]] std::optional<core::TimePoint> optional_time();
  [[nodiscard]] std::string_view text();
  [[nodiscard]] std::optional<std::string> optional_text();
  [[nodiscard]] std::string_view raw(std::size_t bytes);
  [[nodiscard]] core::Uuid uuid();
  [[nodiscard]] bool flag() { return u8() != 0; }
  /// Marks what was read as senseless.
  void refuse();

 private:
  [[nodiscard]] core::uint128 wide_number();
  // Takes a number of up to 63 bits; false, and nothing is taken, where it is longer or cut short.
  [[nodiscard]] bool take_short_number(std::uint64_t& value);

  std::string_view rest_;
  bool ok_ = true;
};

// What a report reads by the million is in the header: most of these calls take a byte or two.

inline bool ByteReader::take_short_number(std::uint64_t& value) {
  constexpr std::size_t bytes_max = 9;
  value = 0;
  for (std::size_t at = 0; at < bytes_max && at < rest_.size(); ++at) {
    const auto byte = static_cast<std::uint8_t>(rest_[at]);
    value |= static_cast<std::uint64_t>(byte & static_cast<std::uint8_t>(~number_continues)) << (at * number_bits);
    if (byte >= number_continues) continue;
    rest_.remove_prefix(at + 1);
    return true;
  }
  return false;
}

inline std::uint8_t ByteReader::u8() {
  if (rest_.empty()) {
    refuse();
    return 0;
  }
  const auto value = static_cast<std::uint8_t>(rest_.front());
  rest_.remove_prefix(1);
  return value;
}

inline std::uint32_t ByteReader::u32_ordered() {
  if (rest_.size() < sizeof(std::uint32_t)) {
    refuse();
    return 0;
  }
  const auto byte = [this](std::size_t at) { return std::uint32_t{static_cast<std::uint8_t>(rest_[at])}; };
  const std::uint32_t value = (byte(0) << 24U) | (byte(1) << 16U) | (byte(2) << 8U) | byte(3);
  rest_.remove_prefix(sizeof value);
  return value;
}

inline std::string_view ByteReader::raw(std::size_t bytes) {
  if (rest_.size() < bytes) {
    refuse();
    return {};
  }
  const std::string_view value = rest_.substr(0, bytes);
  rest_.remove_prefix(bytes);
  return value;
}

inline std::uint64_t ByteReader::number() {
  std::uint64_t value = 0;
  if (take_short_number(value)) return value;
  const core::uint128 wide = wide_number();
  if (wide <= std::numeric_limits<std::uint64_t>::max()) return static_cast<std::uint64_t>(wide);
  refuse();
  return 0;
}

inline std::uint32_t ByteReader::number32() {
  const std::uint64_t value = number();
  if (value <= std::numeric_limits<std::uint32_t>::max()) return static_cast<std::uint32_t>(value);
  refuse();
  return 0;
}

}  // namespace tallystick::store::embedded
