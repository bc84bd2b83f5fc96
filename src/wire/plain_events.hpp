#pragma once
#include <array>
#include <cstddef>
#include <string_view>

#include "wire/event_attributes.hpp"

namespace tallystick::wire {

/// Reads events in the JSON that programs write: texts without escapes, integers, nothing wrong. It gives up at all
/// else and says nothing about it: JsonReader then reads the same text, and it alone knows what is wrong with one. What
/// this one does read, JsonReader reads alike.
class PlainEvents {
 public:
  /// Goes to the beginning of a text; views into it are what is found.
  void begin(std::string_view text) {
    at_ = text.data();
    end_ = text.data() + text.size();
  }

  /// The attributes of the object that comes next; they live until the next call. False: given up.
  [[nodiscard]] bool read(EventAttributes& found);
  /// The same of a text that is one object.
  [[nodiscard]] bool read_all(std::string_view text, EventAttributes& found) {
    begin(text);
    return read(found) && at_end();
  }

  /// Takes `c` and the blanks before it, if it comes next.
  [[nodiscard]] bool take(char c) {
    skip_blanks();
    if (!next_is(c)) return false;
    ++at_;
    return true;
  }
  /// Whether only blanks are left.
  [[nodiscard]] bool at_end() {
    skip_blanks();
    return at_ == end_;
  }

 private:
  using Values = std::array<Value, attribute_count>;

  [[nodiscard]] std::string_view rest() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }
  [[nodiscard]] bool next_is(char c) const { return at_ != end_ && *at_ == c; }
  void skip_blanks() {
    while (at_ != end_ && *at_ <= ' ' && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }
  bool read_members(Attributes& found, Values& values, EventAttributes* event);
  bool read_name(std::size_t expected, std::size_t& position);
  bool read_string(std::string_view& text);
  bool read_number(std::string_view& text);
  bool read_word(std::string_view word);
  bool read_scalar(Value& value);
  bool pass_over(std::size_t depth);

  const char* at_ = nullptr;
  const char* end_ = nullptr;
  std::size_t values_ = 0;
  Values event_values_;
  Values data_values_;
};

}  // namespace tallystick::wire
