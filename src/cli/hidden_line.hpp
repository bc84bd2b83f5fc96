#pragma once
#include <optional>
#include <string>

namespace tallystick::cli {

/// A line that is typed on standard input, a terminal, and not shown: Backspace and Ctrl-U mend it. Absent: Ctrl-C, or
/// Ctrl-D at its beginning. The terminal is afterwards as it was.
[[nodiscard]] std::optional<std::string> read_hidden_line();

/// What typed bytes make of the line so far.
class TypedLine {
 public:
  enum class State { open, finished, given_up };
  State type(char c);
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace tallystick::cli
