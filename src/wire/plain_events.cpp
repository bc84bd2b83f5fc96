#include "wire/plain_events.hpp"

namespace tallystick::wire {
namespace {

// Well below what JsonReader and the events allow, whose limits are theirs.
constexpr std::size_t values_max = 100;
constexpr std::size_t depth_max = 16;

}  // namespace

// A value that nobody asks for.
bool PlainEvents::pass_over(std::size_t depth) {
  if (at_end() || depth > depth_max || ++values_ > values_max) return false;
  Value ignored;
  if (*at_ != '{' && *at_ != '[') return read_scalar(ignored);
  const bool is_object = *at_ == '{';
  const char closing = is_object ? '}' : ']';
  ++at_;
  if (take(closing)) return true;
  do {
    if (is_object && !(take('"') && read_string(ignored.text) && take(':'))) return false;
    if (!pass_over(depth + 1)) return false;
  } while (take(','));
  return take(closing);
}

// The name of a member, up to its value. Most often it is the one that is expected, and written without blanks.
bool PlainEvents::read_name(std::size_t expected, std::size_t& position) {
  if (expected < attribute_count && rest().starts_with(attributes[expected].key)) {
    at_ += attributes[expected].key.size();
    position = expected;
    return !at_end();
  }
  std::string_view name;
  if (!take('"') || !read_string(name) || !take(':')) return false;
  position = attribute_position(name, expected);
  return !at_end();
}

// `event`: what is read is an event, which may have data.
bool PlainEvents::read_members(Attributes& found, Values& values, EventAttributes* event) {
  found.clear();
  if (take('}')) return true;
  std::size_t expected = event == nullptr ? attribute::quantity.position : 0;
  do {
    std::size_t position = 0;
    if (!read_name(expected, position)) return false;
    if (position == attribute_count) {
      if (!pass_over(0)) return false;
      continue;
    }
    expected = position + 1;
    Value& value = values[position];
    if (++values_ > values_max) return false;
    if (*at_ == '{' && event != nullptr && position == attribute::data.position) {
      ++at_;
      value.kind = Value::Kind::object;
      value.text = {};
      if (!read_members(event->data, data_values_, nullptr)) return false;
    } else if (!read_scalar(value)) {
      return false;
    } else if (event != nullptr && position == attribute::data.position) {
      event->data.clear();  // of an object before it, which no longer counts
    }
    found.put(position, value);
  } while (take(','));
  return take('}');
}

bool PlainEvents::read(EventAttributes& found) {
  values_ = 0;
  found.data.clear();
  return take('{') && read_members(found.event, event_values_, &found);
}

}  // namespace tallystick::wire
