#pragma once
#include <functional>
#include <string_view>

#pragma GCC visibility push(default)
namespace tallystick {

enum class LogLevel { error, warning, info, debug, trace };

/// What the client tells about its work. error: a call failed; warning: an attempt failed and is repeated, a
/// configuration file was not taken; info: one line a call; debug: one a request, with its headers; trace: bodies too.
/// Tokens, secrets, assertions, codes and the signatures of addresses are `[redacted]` at every level.
struct Log {
  LogLevel level = LogLevel::warning;
  bool json = false;                                                  ///< one JSON object a line, else text
  std::function<void(LogLevel level, std::string_view line)> sink{};  ///< any thread; empty: nothing is told
};

}  // namespace tallystick
#pragma GCC visibility pop
