#include "client/call_log.hpp"

#include <array>
#include <utility>

#include "tallystick/core/time.hpp"
#include "wire/json_writer.hpp"

namespace tallystick::client {
namespace {

constexpr std::array<std::string_view, 5> level_names{"error", "warning", "info", "debug", "trace"};

/// A server's words may hold line ends; a line has none.
std::string on_one_line(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
  }
  return text;
}

}  // namespace

CallLog::CallLog(Log log, std::shared_ptr<const KnownSecrets> secrets, Clock clock)
    : log_(std::move(log)), secrets_(std::move(secrets)), clock_(std::move(clock)) {}

void CallLog::tell(LogLevel level, std::string_view event, std::string message, std::vector<Field> fields) const {
  if (!tells(level)) return;
  message = on_one_line(secrets_->redacted(std::move(message)));
  if (!log_.json) return log_.sink(level, message);
  std::string line;
  wire::JsonWriter writer(line);
  writer.begin_object();
  writer.plain_key("time");
  writer.string(core::to_string(std::chrono::floor<std::chrono::milliseconds>(clock_())));
  writer.plain_key("level");
  writer.string(level_names.at(static_cast<std::size_t>(level)));
  writer.plain_key("event");
  writer.string(event);
  for (auto& field : fields) {
    writer.plain_key(field.name);
    if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
      writer.integer(*number);
    } else {
      writer.string(secrets_->redacted(std::get<std::string>(std::move(field.value))));
    }
  }
  writer.plain_key("message");
  writer.string(message);
  writer.end_object();
  log_.sink(level, line);
}

}  // namespace tallystick::client
