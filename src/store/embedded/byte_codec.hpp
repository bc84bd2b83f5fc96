#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tallystick/core/decimal.hpp"
#include "tallystick/core/time.hpp"
#include "tallystick/core/uuid.hpp"

/// The primitive forms of which all keys and values of the embedded store are made.
namespace tallystick::store::embedded {

/// Appends to a string that it borrows.
class ByteWriter {
 public:
  explicit ByteWriter(std::string& out) : out_(out) {}

  void u8(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  /// Big-endian: the order of the bytes is the order of the numbers, as keys need it.
  void u32_ordered(std::uint32_t value);
  void u64_ordered(std::uint64_t value);
  /// Seven bits a byte, the lowest first: small numbers are short.
  void number(std::uint64_t value);
  void signed_number(std::int64_t value);
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

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace tallystick::store::embedded
