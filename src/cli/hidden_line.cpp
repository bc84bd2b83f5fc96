#include "cli/hidden_line.hpp"

#include <termios.h>
#include <unistd.h>

#include <cerrno>

namespace tallystick::cli {
namespace {

constexpr char ctrl_c = '\x03';
constexpr char ctrl_d = '\x04';
constexpr char ctrl_u = '\x15';
constexpr char backspace = '\b';
constexpr char delete_back = '\x7f';

/// Standard input without echo. Bytes come one by one and Ctrl-C is one of them, so that no signal ends the process
/// while the terminal is in this state.
class SilentInput {
 public:
  SilentInput() : is_terminal_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
    silent.c_cc[VMIN] = 1;
    silent.c_cc[VTIME] = 0;
    ::tcsetattr(STDIN_FILENO, TCSADRAIN, &silent);
  }
  ~SilentInput() {
    if (is_terminal_) ::tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
  }
  SilentInput(const SilentInput&) = delete;
  SilentInput& operator=(const SilentInput&) = delete;

 private:
  termios before_{};
  const bool is_terminal_;
};

}  // namespace

TypedLine::State TypedLine::type(char c) {
  switch (c) {
    case '\n':
    case '\r':
      return State::finished;
    case ctrl_c:
      return State::given_up;
    case ctrl_d:
      return text_.empty() ? State::given_up : State::open;
    case ctrl_u:
      text_.clear();
      return State::open;
    case backspace:
    case delete_back:
      // One character of UTF-8 may be several bytes.
      while (!text_.empty() && (static_cast<unsigned char>(text_.back()) & 0xC0U) == 0x80U) text_.pop_back();
      if (!text_.empty()) text_.pop_back();
      return State::open;
    default:
      text_ += c;
      return State::open;
  }
}

std::optional<std::string> read_hidden_line() {
  const SilentInput silent;
  TypedLine line;
  while (true) {
    char c = 0;
    const ssize_t count = ::read(STDIN_FILENO, &c, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::nullopt;
    const auto state = line.type(c);
    if (state == TypedLine::State::finished) return line.text();
    if (state == TypedLine::State::given_up) return std::nullopt;
  }
}

}  // namespace tallystick::cli
