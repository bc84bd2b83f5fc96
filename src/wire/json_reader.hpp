#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "tallystick/core/result.hpp"
#include "wire/value_tree.hpp"

namespace tallystick::wire {

/// Reads JSON texts, one after the other, into the same memory. Refused are what RFC 8259 does not allow, text that is
/// not UTF-8, half surrogate pairs, nesting deeper than json_depth_max and more values than the reader was made for.
/// The reason is a phrase such as "is not JSON: an unexpected character at byte 17"; bytes count from 0.
class JsonReader {
 public:
  /// `values_max`: how many values one text, or one element, may hold; what keeps a small body from filling memory.
  explicit JsonReader(std::size_t values_max);
  JsonReader(const JsonReader&) = delete;
  JsonReader& operator=(const JsonReader&) = delete;
  ~JsonReader();

  /// The root of a text. It lives until the next read, and as long as the text itself.
  [[nodiscard]] Result<const Value*, std::string> read(std::string_view text);

  /// Hands over the elements of a text that is one array, each alive during its call alone; a call that returns false
  /// ends the reading without a fault. A text of another shape is refused.
  using OnElement = std::function<bool(const Value& element)>;
  [[nodiscard]] Status<std::string> read_elements(std::string_view text, const OnElement& on_element);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace tallystick::wire
