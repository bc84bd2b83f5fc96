#include "server/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <memory>

namespace tallystick::server::log {
namespace {

constexpr const char* text_pattern = "%Y-%m-%dT%H:%M:%S.%eZ %l %v";
constexpr const char* json_pattern = R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})";

struct Sink {
  std::shared_ptr<spdlog::logger> logger;
  std::atomic<Format> format{Format::text};

  Sink() : logger(std::make_shared<spdlog::logger>("tallystick", std::make_shared<spdlog::sinks::stderr_sink_mt>())) {
    logger->set_pattern(text_pattern, spdlog::pattern_time_type::utc);
  }
};

Sink& sink() {
  static Sink the_sink;
  return the_sink;
}

spdlog::level::level_enum spdlog_level(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      break;
  }
  return spdlog::level::err;
}

/// A JSON string; in the text form too, so that a value with a line end stays on its line.
void append_quoted(std::string& line, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  line.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      line.append({'\\', c});
    } else if (c == '\n') {
      line.append("\\n");
    } else if (byte < 0x20 || byte == 0x7f) {
      line.append("\\u00").append({hex[byte >> 4U], hex[byte & 15U]});
    } else {
      line.push_back(c);
    }
  }
  line.push_back('"');
}

void append_value(std::string& line, const Value& value, bool always_quoted) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    line.append(std::to_string(*number));
    return;
  }
  const std::string_view text = std::get<std::string_view>(value);
  const auto is_plain = [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '='; };
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), is_plain);
  if (plain && !always_quoted) {
    line.append(text);
  } else {
    append_quoted(line, text);
  }
}

std::string text_line(std::string_view message, Fields fields) {
  std::string line(message);
  for (const auto& [name, value] : fields) {
    line.append(" ").append(name).append("=");
    append_value(line, value, false);
  }
  return line;
}

std::string json_members(std::string_view message, Fields fields) {
  std::string line = R"("message":)";
  append_quoted(line, message);
  for (const auto& [name, value] : fields) {
    line.push_back(',');
    append_quoted(line, name);
    line.push_back(':');
    append_value(line, value, true);
  }
  return line;
}

}  // namespace

void configure(Format format, Level lowest) {
  sink().format = format;
  sink().logger->set_level(spdlog_level(lowest));
  sink().logger->set_pattern(format == Format::json ? json_pattern : text_pattern, spdlog::pattern_time_type::utc);
}

void write(Level level, std::string_view message, Fields fields) {
  const auto at = spdlog_level(level);
  if (!sink().logger->should_log(at)) return;
  const bool is_json = sink().format == Format::json;
  const std::string line = is_json ? json_members(message, fields) : text_line(message, fields);
  sink().logger->log(at, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace tallystick::server::log
