#include "wire/codec.hpp"

#include <charconv>

namespace tallystick::wire::codec {

void write_value(JsonWriter& writer, const Value& value) {
  switch (value.kind) {
    case Value::Kind::null:
      writer.raw("null");
      return;
    case Value::Kind::boolean:
    case Value::Kind::number:
      writer.raw(value.text);
      return;
    case Value::Kind::string:
    case Value::Kind::plain:
      writer.string(value.text);
      return;
    case Value::Kind::array:
      writer.begin_array();
      for (const Value& element : value.items()) write_value(writer, element);
      writer.end_array();
      return;
    case Value::Kind::object:
      writer.begin_object();
      for (const Value& member : value.items()) {
        writer.key(member.name);
        write_value(writer, member);
      }
      writer.end_object();
      return;
  }
}

std::optional<std::int64_t> read_integer(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (ec != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace tallystick::wire::codec
