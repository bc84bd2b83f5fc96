#include "wire/event_attributes.hpp"

namespace tallystick::wire {
namespace {

static_assert([] {
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    if (attributes[i].position != i) return false;
  }
  return true;
}());

}  // namespace

std::size_t attribute_position(std::string_view name, std::size_t expected) {
  for (std::size_t i = expected; i < attributes.size(); ++i) {
    if (std::string_view(attributes[i]) == name) return i;
  }
  for (std::size_t i = 0; i < expected; ++i) {
    if (std::string_view(attributes[i]) == name) return i;
  }
  return attributes.size();
}

Attributes::Attributes(const Value& object) {
  std::size_t expected = 0;
  for (const Value& member : object.items()) {
    const std::size_t position = attribute_position(member.name, expected);
    if (position == attribute_count) continue;
    put(position, member);
    expected = position + 1;
  }
}

EventAttributes::EventAttributes(const Value& object) : event(object) {
  const Value* found = event.find(attribute::data);
  if (found != nullptr && found->kind == Value::Kind::object) data = Attributes(*found);
}

}  // namespace tallystick::wire
