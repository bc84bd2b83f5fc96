#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/embedded/byte_codec.hpp"

/// Ids of events, shorter. Most are hexadecimal or decimal digits with something before them, in one shape from event
/// to event: two digits are written as one byte, and what an id shares with the one before is not written again.
/// Whatever bytes a text is made of, it is read back as it was.
namespace tallystick::store::embedded {

/// How a text is written; two bits of its first byte.
enum class TextForm : std::uint8_t {
  raw = 0,         ///< its length and its bytes
  shape = 1,       ///< what stands before, how many bytes of digits, what stands behind; then those bytes
  last_shape = 2,  ///< the bytes of digits, the rest as in the last text that had a shape
  uuid = 3,        ///< a UUID in lower case, in 16 bytes
};
/// A text's first byte has so many bits more, for whoever writes it.
inline constexpr unsigned packed_text_spare_bits = 6;

/// What stands around a text's digits, and how many bytes they are.
struct TextShape {
  std::string before;
  std::string behind;
  std::size_t digit_bytes = 0;  ///< 0: there is no shape yet
};

/// Writes texts one after the other.
class PackedTextWriter {
 public:
  /// `spare` has at most packed_text_spare_bits bits.
  void add(std::string& out, std::string_view text, std::uint8_t spare = 0);
  /// The next text is the first one.
  void clear() { shape_.digit_bytes = 0; }

 private:
  [[nodiscard]] bool add_uuid(std::string& out, std::string_view text, std::uint8_t spare);
  [[nodiscard]] bool add_in_last_shape(std::string& out, std::string_view text, std::uint8_t spare);
  [[nodiscard]] bool add_in_new_shape(std::string& out, std::string_view text, std::uint8_t spare);

  TextShape shape_;
};

/// Keeps texts together where they stay until it is cleared.
class TextArena {
 public:
  /// Room for a text, to be written by the caller.
  [[nodiscard]] char* take(std::size_t bytes);
  /// Keeps its memory for the next texts.
  void clear();

 private:
  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
  };
  std::vector<Block> blocks_;
  std::size_t block_ = 0;  // that is being filled
  std::size_t used_ = 0;   // of it
};

/// Reads what a PackedTextWriter wrote, in the same order.
class PackedTextReader {
 public:
  /// Texts live as long as what is read and until the arena is cleared.
  explicit PackedTextReader(TextArena& arena) : arena_(arena) {}

  struct Text {
    std::string_view text;
    std::uint8_t spare = 0;
  };
  /// Refuses through `in` what no writer writes.
  [[nodiscard]] Text next(ByteReader& in);

 private:
  [[nodiscard]] std::string_view in_last_shape(ByteReader& in);

  TextArena& arena_;
  // Of the last text that had a shape; parts of what is read.
  std::string_view before_;
  std::string_view behind_;
  std::size_t digit_bytes_ = 0;
};

}  // namespace tallystick::store::embedded
