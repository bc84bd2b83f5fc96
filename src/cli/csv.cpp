#include "cli/csv.hpp"

#include <algorithm>

namespace tallystick::cli {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{1} << 16U;
constexpr int end_of_input = -1;

}  // namespace

Status<InputFault> CsvReader::fill() {
  buffer_.resize(chunk_bytes);
  const auto bytes = source_.read(buffer_.data(), buffer_.size());
  position_ = 0;
  buffer_.resize(bytes ? *bytes : 0);
  if (!bytes) return fail(InputFault{0, "", bytes.error()});
  return {};
}

Result<int, InputFault> CsvReader::peek() {
  if (position_ == buffer_.size()) {
    if (auto filled = fill(); !filled) return fail(filled.error());
    if (buffer_.empty()) return end_of_input;
  }
  return static_cast<unsigned char>(buffer_[position_]);
}

Status<InputFault> CsvReader::check_size(std::size_t bytes, std::uint64_t line) const {
  if (bytes <= record_bytes_max) return {};
  return fail(InputFault{
      line, "", "has more than " + std::to_string(record_bytes_max) + " bytes: perhaps a quote that is not closed"});
}

Status<InputFault> CsvReader::read_quoted(std::string& field, const CsvRecord& record) {
  ++position_;
  std::size_t bytes = 0;
  while (true) {
    auto c = peek();
    if (!c) return fail(c.error());
    if (*c == end_of_input) return fail(InputFault{record.line, "", "has a quote that is not closed"});
    ++position_;
    if (*c == '"') {
      auto after = peek();
      if (!after) return fail(after.error());
      if (*after != '"') return {};
      ++position_;
    }
    if (*c == '\n') ++line_;
    field += static_cast<char>(*c);
    if (auto sized = check_size(++bytes, record.line); !sized) return sized;
  }
}

Status<InputFault> CsvReader::read_unquoted(std::string& field) {
  while (true) {
    auto c = peek();
    if (!c) return fail(c.error());
    if (*c == end_of_input || *c == ',' || *c == '\n') break;
    if (*c == '"') {
      return fail(
          InputFault{line_, "", "has a quote inside an unquoted field: quote the whole field, its quotes doubled"});
    }
    // Up to the next character that means something, in one piece.
    const std::size_t end = std::min(buffer_.find_first_of(",\n\"", position_), buffer_.size());
    field.append(buffer_, position_, end - position_);
    position_ = end;
    if (auto sized = check_size(field.size(), line_); !sized) return sized;
  }
  return {};
}

// After a field: true at the end of the record, false at a comma.
Result<bool, InputFault> CsvReader::take_end_of_record() {
  auto c = peek();
  if (!c) return fail(c.error());
  if (*c == '\r') {
    ++position_;
    c = peek();
    if (!c) return fail(c.error());
    if (*c != '\n' && *c != end_of_input)
      return fail(InputFault{line_, "", "has a carriage return inside a field: quote the field"});
  }
  if (*c == end_of_input) return true;
  ++position_;
  if (*c == ',') return false;
  if (*c != '\n')
    return fail(InputFault{line_, "", "has text after a closing quote: double the quotes inside a field"});
  ++line_;
  return true;
}

Result<std::optional<CsvRecord>, InputFault> CsvReader::next() {
  while (true) {
    auto c = peek();
    if (!c) return fail(c.error());
    if (at_beginning_) {
      at_beginning_ = false;
      if (buffer_.starts_with(byte_order_mark)) {
        position_ += byte_order_mark.size();
        continue;
      }
    }
    if (*c == end_of_input) return std::optional<CsvRecord>();
    CsvRecord record;
    record.line = line_;
    std::size_t record_bytes = 0;
    for (bool ended = false; !ended;) {
      std::string field;
      const auto first = peek();
      if (!first) return fail(first.error());
      const bool is_quoted = *first == '"';
      auto read = is_quoted ? read_quoted(field, record) : read_unquoted(field);
      if (!read) return fail(read.error());
      record.last_line = line_;
      record_bytes += field.size() + 1;
      if (auto sized = check_size(record_bytes, record.line); !sized) return fail(sized.error());
      // The carriage return of a line end came along with the unquoted text before it.
      const auto next_char = peek();
      if (!next_char) return fail(next_char.error());
      if (!is_quoted && *next_char != ',' && field.ends_with('\r')) field.pop_back();
      record.fields.push_back(std::move(field));
      auto end = take_end_of_record();
      if (!end) return fail(end.error());
      ended = *end;
    }
    if (record.fields.size() == 1 && record.fields.front().empty()) continue;
    return std::optional(std::move(record));
  }
}

}  // namespace tallystick::cli
