#include "wire/model_tree.hpp"

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

}  // namespace tallystick::wire::codec
