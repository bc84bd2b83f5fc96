#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/byte_source.hpp"
#include "tallystick/core/result.hpp"

/// Comma-separated values by RFC 4180, as they are read; wire/csv_record.hpp writes them.
namespace tallystick::cli {

struct CsvRecord {
  std::vector<std::string> fields;
  std::uint64_t line = 0;       ///< where it begins, counted from 1
  std::uint64_t last_line = 0;  ///< where it ends; a quoted field may hold line ends
};

/// Reads records one after the other and never holds more than one. Takes `\n` and `\r\n`, a byte order mark at the
/// beginning, a last line without an end; passes over lines with nothing on them.
class CsvReader {
 public:
  explicit CsvReader(ByteSource& source) : source_(source) {}

  /// The next record; absent at the end. Faults: a quote that is not closed, text beside a quoted field, a quote
  /// inside an unquoted field, a record over record_bytes_max; after one nothing more can be read.
  [[nodiscard]] Result<std::optional<CsvRecord>, InputFault> next();

  static constexpr std::size_t record_bytes_max = std::size_t{1} << 20U;

 private:
  [[nodiscard]] Status<InputFault> fill();
  [[nodiscard]] Result<int, InputFault> peek();
  [[nodiscard]] Result<bool, InputFault> take_end_of_record();
  [[nodiscard]] Status<InputFault> read_quoted(std::string& field, const CsvRecord& record);
  [[nodiscard]] Status<InputFault> read_unquoted(std::string& field);
  [[nodiscard]] Status<InputFault> check_size(std::size_t bytes, std::uint64_t line) const;

  ByteSource& source_;
  std::string buffer_;
  std::size_t position_ = 0;
  std::uint64_t line_ = 1;
  bool at_beginning_ = true;
};

}  // namespace tallystick::cli
