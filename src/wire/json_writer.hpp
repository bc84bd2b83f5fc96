#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "tallystick/core/time.hpp"

namespace tallystick::wire {

/// Writes JSON text from left to right into a string: compact, or with two spaces a level. Whoever calls it keeps the
/// order: in an object a key, then its value.
class JsonWriter {
 public:
  enum class Layout { compact, pretty };

  explicit JsonWriter(std::string& out, Layout layout = Layout::compact) : out_(out), layout_(layout) {}

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }

  void key(std::string_view name);
  /// A key that needs no escapes.
  void plain_key(std::string_view name);

  /// Bytes that are no UTF-8 become U+FFFD, so that what is written is JSON whatever it quotes.
  void string(std::string_view text);
  /// As core::to_string.
  void time(core::TimePoint value);
  void integer(std::int64_t value);
  void boolean(bool value);
  /// A value that is JSON text already.
  void raw(std::string_view json);

 private:
  void begin(char bracket);
  void end(char bracket);
  // What stands between the value or key that comes and what was written before it.
  void separate();
  void new_line();
  void quote(std::string_view text);

  std::string& out_;
  Layout layout_;
  std::size_t depth_ = 0;
  bool is_first_ = true;
  bool follows_key_ = false;
  core::TimeText time_text_;
};

}  // namespace tallystick::wire
