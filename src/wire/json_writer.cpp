#include "wire/json_writer.hpp"

#include <array>
#include <charconv>
#include <cstring>

#include "wire/utf8.hpp"

namespace tallystick::wire {
namespace {

constexpr std::size_t indent_spaces = 2;

bool is_written_as_is(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

// How many characters at the start are written as they are, eight at a time.
std::size_t plain_run(std::string_view text) {
  constexpr std::uint64_t each = 0x0101'0101'0101'0101;
  constexpr std::uint64_t high = each * 0x80;
  std::size_t run = 0;
  for (; text.size() - run >= sizeof each; run += sizeof each) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + run, sizeof eight);
    // The highest bit of some byte is set where one is below 0x20, a quote, a backslash or beyond ASCII.
    const std::uint64_t quotes = (eight ^ (each * '"')) - each;
    const std::uint64_t backslashes = (eight ^ (each * '\\')) - each;
    if ((((eight - each * 0x20) | eight | quotes | backslashes) & high) != 0) break;
  }
  while (run < text.size() && is_written_as_is(text[run])) ++run;
  return run;
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += digits[static_cast<unsigned char>(c) >> 4U];
      out += digits[static_cast<unsigned char>(c) & 0x0FU];
  }
}

}  // namespace

void JsonWriter::new_line() {
  out_ += '\n';
  out_.append(depth_ * indent_spaces, ' ');
}

void JsonWriter::separate() {
  if (follows_key_) {
    follows_key_ = false;
    return;
  }
  if (!is_first_) out_ += ',';
  is_first_ = false;
  if (layout_ == Layout::pretty && depth_ > 0) new_line();
}

void JsonWriter::begin(char bracket) {
  separate();
  out_ += bracket;
  ++depth_;
  is_first_ = true;
}

void JsonWriter::end(char bracket) {
  --depth_;
  if (layout_ == Layout::pretty && !is_first_) new_line();
  is_first_ = false;
  out_ += bracket;
}

void JsonWriter::key(std::string_view name) {
  separate();
  quote(name);
  out_ += layout_ == Layout::pretty ? ": " : ":";
  follows_key_ = true;
}

void JsonWriter::plain_key(std::string_view name) {
  separate();
  out_ += '"';
  out_ += name;
  out_ += layout_ == Layout::pretty ? "\": " : "\":";
  follows_key_ = true;
}

void JsonWriter::string(std::string_view text) {
  separate();
  quote(text);
}

void JsonWriter::time(core::TimePoint value) {
  separate();
  out_ += '"';
  out_ += time_text_(value);
  out_ += '"';
}

void JsonWriter::integer(std::int64_t value) {
  separate();
  std::array<char, 24> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  out_.append(buffer.data(), written.ptr);
}

void JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
}

void JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
}

void JsonWriter::quote(std::string_view text) {
  out_ += '"';
  while (!text.empty()) {
    const std::size_t run = plain_run(text);
    out_.append(text.substr(0, run));
    text.remove_prefix(run);
    if (text.empty()) break;
    std::size_t taken = 1;
    if (static_cast<unsigned char>(text.front()) < 0x80) {
      append_escaped(out_, text.front());
    } else if (const std::size_t bytes = utf8_character_bytes(text); bytes > 0) {
      out_.append(text.substr(0, bytes));
      taken = bytes;
    } else {
      out_ += "\\ufffd";
    }
    text.remove_prefix(taken);
  }
  out_ += '"';
}

}  // namespace tallystick::wire
