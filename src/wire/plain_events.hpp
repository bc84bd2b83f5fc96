#pragma once
#include <array>
#include <cstddef>
#include <string_view>

#include "wire/event_attributes.hpp"
#include "wire/plain_cursor.hpp"

namespace tallystick::wire {

/// Reads events in the JSON that programs write: texts without escapes, integers, nothing wrong; gives up at all else.
/// What it does read, JsonReader reads alike.
class PlainEvents : public PlainCursor {
 public:
  /// The attributes of the object that comes next; they live until the next call. False: given up.
  [[nodiscard]] bool read(EventAttributes& found);
  /// The same of a text that is one object.
  [[nodiscard]] bool read_all(std::string_view text, EventAttributes& found) {
    begin(text);
    return read(found) && at_end();
  }

 private:
  using Values = std::array<Value, attribute_count>;

  bool read_members(Attributes& found, Values& values, EventAttributes* event);
  bool read_name(std::size_t expected, std::size_t& position);
  bool pass_over(std::size_t depth);

  std::size_t values_ = 0;
  Values event_values_;
  Values data_values_;
};

}  // namespace tallystick::wire
