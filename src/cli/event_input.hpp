#pragma once
#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

#include "cli/event_reader.hpp"
#include "cli/failure.hpp"
#include "cli/terminal.hpp"

namespace tallystick::cli {

/// A file of events, or standard input, opened for reading from its beginning.
class EventInput {
 public:
  /// `-` is standard input. The format follows from the name, else from the first bytes. Failure bad_input: it cannot
  /// be opened or read.
  [[nodiscard]] static Result<std::unique_ptr<EventInput>, Failure> open(const std::string& file,
                                                                         const Terminal& terminal);

  [[nodiscard]] EventReader& reader() { return *reader_; }
  /// Bytes of the file that were read so far, still compressed.
  [[nodiscard]] std::uint64_t bytes_taken() const { return bytes_.bytes_taken(); }
  /// Absent: not a regular file.
  [[nodiscard]] std::optional<std::uint64_t> bytes_total() const { return bytes_total_; }

 private:
  EventInput(std::unique_ptr<std::ifstream> file, std::istream& stream);

  std::unique_ptr<std::ifstream> file_;
  InflatedStream bytes_;
  PeekedSource peeked_;
  std::unique_ptr<EventReader> reader_;
  std::optional<std::uint64_t> bytes_total_;
};

inline constexpr const char* standard_input_name = "-";

}  // namespace tallystick::cli
