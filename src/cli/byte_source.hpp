#pragma once
#include <cstddef>
#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "tallystick/core/result.hpp"

namespace tallystick::cli {

/// Something wrong in a file that the user gave.
struct InputFault {
  std::uint64_t line = 0;  ///< counted from 1; 0: the file as a whole
  std::string field;       ///< empty: the line as a whole
  std::string message;     ///< what is wrong and what would be right
};

/// `FILE:LINE: field: message`, without what is absent.
[[nodiscard]] std::string to_string(const std::string& file, const InputFault& fault);

/// Bytes that are read once, from front to back.
class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  /// Up to `size` bytes into `buffer`; 0 at the end. The failure says what the bytes are not.
  [[nodiscard]] virtual Result<std::size_t, std::string> read(char* buffer, std::size_t size) = 0;
};

/// The bytes of a stream; gzip (several members too) and zstd (several frames too), known by their first bytes, are
/// inflated on the way, with a constant amount of memory.
class InflatedStream : public ByteSource {
 public:
  explicit InflatedStream(std::istream& stream);
  ~InflatedStream() override;

  [[nodiscard]] Result<std::size_t, std::string> read(char* buffer, std::size_t size) override;

  /// Bytes taken from the stream, as they are there: for progress.
  [[nodiscard]] std::uint64_t bytes_taken() const;

  class Decoder;

 private:
  void refill(std::string& input);

  std::istream& stream_;
  std::unique_ptr<Decoder> decoder_;  ///< absent: nothing was read yet
  std::string input_;                 ///< read from the stream; from position_ on not decoded yet
  std::size_t position_ = 0;
  bool input_ended_ = false;
  std::uint64_t bytes_taken_ = 0;
};

/// Lines of a source, one at a time.
class LineReader {
 public:
  explicit LineReader(ByteSource& source) : source_(source) {}

  /// The next line without its `\n` or `\r\n`, valid until the next call; absent at the end. A byte order mark at the
  /// beginning is passed over. A line over line_bytes_max is a fault.
  [[nodiscard]] Result<std::optional<std::string_view>, InputFault> next();
  /// The number of the line that `next` gave last, counted from 1.
  [[nodiscard]] std::uint64_t line() const { return line_; }

  static constexpr std::size_t line_bytes_max = std::size_t{1} << 20U;

 private:
  ByteSource& source_;
  std::string buffer_;
  std::size_t position_ = 0;
  std::uint64_t line_ = 0;
  bool at_end_ = false;
};

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace tallystick::cli
