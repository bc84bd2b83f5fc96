#include "cli/event_reader.hpp"

#include <algorithm>
#include <cstring>

#include "cli/event_csv.hpp"
#include "wire/utf8.hpp"

namespace tallystick::cli {
namespace {

constexpr std::string_view blanks = " \t\r";

// The text of a line goes to the server as it is. What is looked at here is what would make a whole body unreadable.
class EventNdjsonReader : public EventReader {
 public:
  explicit EventNdjsonReader(ByteSource& source) : lines_(source) {}

  Result<std::optional<EventRecord>, InputFault> next() override {
    while (true) {
      auto line = lines_.next();
      if (!line) return fail(line.error());
      if (!*line) return std::optional<EventRecord>();
      const std::string_view text = **line;
      const std::size_t begin = text.find_first_not_of(blanks);
      if (begin == std::string_view::npos) continue;
      EventRecord record{lines_.line(), lines_.line(), {}, {}};
      if (wire::first_invalid_utf8(text)) {
        record.faults.push_back({record.line, "", "is not UTF-8: save the file with that encoding"});
      } else if (text[begin] != '{') {
        record.faults.push_back({record.line, "", "is not a JSON object: write one CloudEvent a line"});
      } else {
        record.json = text;
      }
      return std::optional(std::move(record));
    }
  }

  [[nodiscard]] std::string field_of_pointer(std::string_view pointer) const override {
    return std::string(pointer.substr(pointer.empty() ? 0 : 1));
  }

 private:
  LineReader lines_;
};

}  // namespace

std::optional<EventFileFormat> event_format_of_name(std::string_view name) {
  for (const std::string_view compressed : {".gz", ".zst"}) {
    if (name.ends_with(compressed)) {
      name.remove_suffix(compressed.size());
      break;
    }
  }
  if (name.ends_with(".csv")) return EventFileFormat::csv;
  if (name.ends_with(".ndjson") || name.ends_with(".jsonl") || name.ends_with(".json")) return EventFileFormat::ndjson;
  return std::nullopt;
}

EventFileFormat event_format_of_beginning(std::string_view beginning) {
  if (beginning.starts_with(byte_order_mark)) beginning.remove_prefix(byte_order_mark.size());
  const std::size_t begin = beginning.find_first_not_of(" \t\r\n");
  const bool is_json = begin != std::string_view::npos && (beginning[begin] == '{' || beginning[begin] == '[');
  return is_json ? EventFileFormat::ndjson : EventFileFormat::csv;
}

std::unique_ptr<EventReader> make_event_reader(EventFileFormat format, ByteSource& source) {
  if (format == EventFileFormat::csv) return make_event_csv_reader(source);
  return std::make_unique<EventNdjsonReader>(source);
}

Result<std::string_view, std::string> PeekedSource::peek() {
  if (peeked_.empty()) {
    std::string buffer(std::size_t{1} << 16U, '\0');
    const auto bytes = source_.read(buffer.data(), buffer.size());
    if (!bytes) return fail(bytes.error());
    peeked_ = buffer.substr(0, *bytes);
  }
  return std::string_view(peeked_);
}

Result<std::size_t, std::string> PeekedSource::read(char* buffer, std::size_t size) {
  if (peeked_.empty()) return source_.read(buffer, size);
  const std::size_t bytes = std::min(peeked_.size(), size);
  std::memcpy(buffer, peeked_.data(), bytes);
  peeked_.erase(0, bytes);
  return bytes;
}

}  // namespace tallystick::cli
