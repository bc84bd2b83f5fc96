#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

/// The server's log on standard error. The one place that knows the logging library.
namespace tallystick::server::log {

enum class Format { text, json };
enum class Level { debug, info, warning, error };

/// Sets format and lowest level for the whole process; text from info on before that.
void configure(Format format, Level lowest);

using Value = std::variant<std::string_view, std::int64_t>;
using Fields = std::initializer_list<std::pair<std::string_view, Value>>;

/// One line: a message that is always the same for the same thing, and what varies as fields. Never a token, a secret
/// or a body.
void write(Level level, std::string_view message, Fields fields = {});

}  // namespace tallystick::server::log
