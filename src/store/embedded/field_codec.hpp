#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/embedded/byte_codec.hpp"

/// What the values of rows are made of beyond the primitive forms: lists, absent parts, enumerations, days; and the
/// version byte in front of each value.
namespace tallystick::store::embedded {

/// A count that no value of these bytes can have would only exhaust memory: reading stops at the first missing byte.
template <class Element, class ReadElement>
[[nodiscard]] std::vector<Element> read_list(ByteReader& reader, ReadElement read_element) {
  std::vector<Element> list;
  for (std::uint64_t left = reader.number(); left > 0 && reader.ok(); --left) list.push_back(read_element(reader));
  return list;
}

inline void write_texts(ByteWriter& writer, const std::vector<std::string>& texts) {
  writer.number(texts.size());
  for (const std::string& text : texts) writer.text(text);
}
[[nodiscard]] inline std::vector<std::string> read_texts(ByteReader& reader) {
  return read_list<std::string>(reader, [](ByteReader& r) { return std::string(r.text()); });
}

inline void write_optional(ByteWriter& writer, const std::optional<std::int64_t>& value) {
  writer.u8(value ? 1 : 0);
  if (value) writer.signed_number(*value);
}
[[nodiscard]] inline std::optional<std::int64_t> read_optional_number(ByteReader& reader) {
  return reader.flag() ? std::optional(reader.signed_number()) : std::nullopt;
}

inline void write_optional(ByteWriter& writer, const std::optional<core::Decimal>& value) {
  writer.u8(value ? 1 : 0);
  if (value) writer.decimal(*value);
}
[[nodiscard]] inline std::optional<core::Decimal> read_optional_decimal(ByteReader& reader) {
  return reader.flag() ? std::optional(reader.decimal()) : std::nullopt;
}

template <class Enum>
void write_enum(ByteWriter& writer, Enum value) {
  writer.u8(static_cast<std::uint8_t>(value));
}
template <class Enum>
[[nodiscard]] Enum read_enum(ByteReader& reader, Enum last) {
  const std::uint8_t value = reader.u8();
  if (value > static_cast<std::uint8_t>(last)) reader.refuse();
  return static_cast<Enum>(value);
}

inline void write_day(ByteWriter& writer, core::Day day) {
  writer.signed_number(day.time_since_epoch().count());
}
[[nodiscard]] inline core::Day read_day(ByteReader& reader) {
  return core::Day{std::chrono::days{reader.signed_number()}};
}

/// `write(writer, value)` behind the version in which it writes.
template <class Value, class Write>
[[nodiscard]] std::string encode_versioned(std::uint8_t version, const Value& value, Write write) {
  std::string bytes;
  ByteWriter writer(bytes);
  writer.u8(version);
  write(writer, value);
  return bytes;
}

/// `read(reader, value, version)`; false where the version is none of 1 to `version_last`, or the bytes are not all of
/// what it says.
template <class Value, class Read>
[[nodiscard]] bool decode_versioned(std::string_view bytes, std::uint8_t version_last, Value& value, Read read) {
  ByteReader reader(bytes);
  const std::uint8_t version = reader.u8();
  if (version < 1 || version > version_last) return false;
  read(reader, value, version);
  return reader.is_done();
}

}  // namespace tallystick::store::embedded
