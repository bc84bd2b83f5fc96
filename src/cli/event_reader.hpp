#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/byte_source.hpp"

namespace tallystick::cli {

/// The two forms in which `ingest` takes usage events (interface.md, "One binary").
enum class EventFileFormat {
  ndjson,  ///< one CloudEvent a line
  csv,     ///< a header, then one event a record; see event_csv.hpp
};

/// By the file's name without `.gz` and `.zst`: `.csv`, or `.ndjson`, `.jsonl` and `.json`. Absent: the name does not
/// say, as with standard input.
[[nodiscard]] std::optional<EventFileFormat> event_format_of_name(std::string_view name);

/// One event of a file, as the server gets it, or what is wrong with it.
struct EventRecord {
  std::uint64_t line = 0;       ///< where it begins
  std::uint64_t last_line = 0;  ///< where it ends
  std::string json;             ///< CloudEvents JSON without a line end; empty where it has faults
  std::vector<InputFault> faults;
};

/// Reads events one at a time.
class EventReader {
 public:
  EventReader() = default;
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;
  virtual ~EventReader() = default;

  /// The next event; absent at the end. After a failure nothing more can be read.
  [[nodiscard]] virtual Result<std::optional<EventRecord>, InputFault> next() = 0;

  /// The field by which people know what a pointer of the server names inside one event (`/data/quantity`).
  [[nodiscard]] virtual std::string field_of_pointer(std::string_view pointer) const = 0;
};

/// A reader of `source`, which it borrows.
[[nodiscard]] std::unique_ptr<EventReader> make_event_reader(EventFileFormat format, ByteSource& source);

/// What the first bytes look like: NDJSON begins with `{` or `[`, blanks and a byte order mark aside; all else is CSV.
[[nodiscard]] EventFileFormat event_format_of_beginning(std::string_view beginning);

/// A source that can be looked at before it is read.
class PeekedSource : public ByteSource {
 public:
  explicit PeekedSource(ByteSource& source) : source_(source) {}

  /// The first bytes, at least one unless there is none. The next `read` gives them again.
  [[nodiscard]] Result<std::string_view, std::string> peek();
  [[nodiscard]] Result<std::size_t, std::string> read(char* buffer, std::size_t size) override;

 private:
  ByteSource& source_;
  std::string peeked_;
};

}  // namespace tallystick::cli
