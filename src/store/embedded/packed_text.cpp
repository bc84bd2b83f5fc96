#include "store/embedded/packed_text.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace tallystick::store::embedded {
namespace {

constexpr unsigned form_mask = 3;
constexpr unsigned form_bits = 2;
// Fewer are as long as they are without a shape.
constexpr std::size_t digit_bytes_min = 2;
constexpr std::size_t arena_block_bytes = 4096;

constexpr std::size_t uuid_characters = 36;
constexpr std::size_t uuid_bytes = 16;
constexpr std::array<std::size_t, 4> uuid_dashes{8, 13, 18, 23};

constexpr std::string_view digits = "0123456789abcdef";
constexpr unsigned digit_bits = 4;
constexpr std::uint8_t no_digit = 0xFF;
constexpr std::array<std::uint8_t, 256> digit_values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_digit);
  for (std::size_t value = 0; value < digits.size(); ++value) {
    values[static_cast<std::uint8_t>(digits[value])] = static_cast<std::uint8_t>(value);
  }
  return values;
}();
// Both digits of each byte.
constexpr std::array<std::array<char, 2>, 256> digit_pairs = [] {
  std::array<std::array<char, 2>, 256> pairs{};
  for (std::size_t byte = 0; byte < pairs.size(); ++byte) {
    pairs[byte] = {digits[byte >> digit_bits], digits[byte % digits.size()]};
  }
  return pairs;
}();

std::uint8_t digit_value(char character) {
  return digit_values[static_cast<std::uint8_t>(character)];
}
bool is_digit(char character) {
  return digit_value(character) != no_digit;
}

// Two digits a byte; false where a character is no digit, and what is in `out` means nothing.
bool pack(const char* characters, std::size_t bytes, char* out) {
  unsigned seen = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    const unsigned high = digit_value(characters[2 * i]);
    const unsigned low = digit_value(characters[2 * i + 1]);
    seen |= high | low;
    out[i] = static_cast<char>((high << digit_bits) | (low & 0xFU));
  }
  return seen < digits.size();
}

char* unpack(std::string_view bytes, char* out) {
  for (const char byte : bytes) {
    const auto& pair = digit_pairs[static_cast<std::uint8_t>(byte)];
    out = std::copy(pair.begin(), pair.end(), out);
  }
  return out;
}

char first_byte(TextForm form, std::uint8_t spare) {
  return static_cast<char>(static_cast<unsigned>(form) | (static_cast<unsigned>(spare) << form_bits));
}

// The longest run of digits, of an even length: an odd digit is left to what stands before, which changes least.
std::string_view digits_of(std::string_view text) {
  std::string_view longest = text.substr(0, 0);
  for (auto run = text.begin(); run != text.end();) {
    const auto begin = std::find_if(run, text.end(), is_digit);
    run = std::find_if_not(begin, text.end(), is_digit);
    if (static_cast<std::size_t>(run - begin) > longest.size()) longest = std::string_view(begin, run);
  }
  longest.remove_prefix(longest.size() % 2);
  return longest;
}

}  // namespace

void PackedTextWriter::add(std::string& out, std::string_view text, std::uint8_t spare) {
  if (add_in_last_shape(out, text, spare) || add_uuid(out, text, spare) || add_in_new_shape(out, text, spare)) return;
  out.push_back(first_byte(TextForm::raw, spare));
  ByteWriter(out).text(text);
}

bool PackedTextWriter::add_uuid(std::string& out, std::string_view text, std::uint8_t spare) {
  if (text.size() != uuid_characters) return false;
  std::array<char, 2 * uuid_bytes> without_dashes{};
  char* end = without_dashes.data();
  std::size_t from = 0;
  for (const std::size_t dash : uuid_dashes) {
    if (text[dash] != '-') return false;
    end = std::copy(text.begin() + from, text.begin() + dash, end);
    from = dash + 1;
  }
  std::copy(text.begin() + from, text.end(), end);
  std::array<char, uuid_bytes> bytes{};
  if (!pack(without_dashes.data(), bytes.size(), bytes.data())) return false;
  out.push_back(first_byte(TextForm::uuid, spare));
  out.append(bytes.data(), bytes.size());
  return true;
}

bool PackedTextWriter::add_in_last_shape(std::string& out, std::string_view text, std::uint8_t spare) {
  if (shape_.digit_bytes == 0) return false;
  const std::size_t size = shape_.before.size() + 2 * shape_.digit_bytes + shape_.behind.size();
  if (text.size() != size || !text.starts_with(shape_.before) || !text.ends_with(shape_.behind)) return false;
  const std::size_t start = out.size();
  out.resize(start + 1 + shape_.digit_bytes);
  if (!pack(text.data() + shape_.before.size(), shape_.digit_bytes, out.data() + start + 1)) {
    out.resize(start);
    return false;
  }
  out[start] = first_byte(TextForm::last_shape, spare);
  return true;
}

bool PackedTextWriter::add_in_new_shape(std::string& out, std::string_view text, std::uint8_t spare) {
  const std::string_view found = digits_of(text);
  if (found.size() / 2 < digit_bytes_min) return false;
  const auto start = static_cast<std::size_t>(found.data() - text.data());
  shape_.before = text.substr(0, start);
  shape_.behind = text.substr(start + found.size());
  shape_.digit_bytes = found.size() / 2;
  out.push_back(first_byte(TextForm::shape, spare));
  ByteWriter writer(out);
  writer.text(shape_.before);
  writer.number(shape_.digit_bytes);
  writer.text(shape_.behind);
  const std::size_t end = out.size();
  out.resize(end + shape_.digit_bytes);
  static_cast<void>(pack(found.data(), shape_.digit_bytes, out.data() + end));  // all are digits
  return true;
}

char* TextArena::take(std::size_t bytes) {
  while (block_ < blocks_.size() && blocks_[block_].size - used_ < bytes) {
    ++block_;
    used_ = 0;
  }
  if (block_ == blocks_.size()) {
    const std::size_t size = std::max(bytes, arena_block_bytes);
    blocks_.push_back({std::make_unique_for_overwrite<char[]>(size), size});
  }
  char* const taken = blocks_[block_].bytes.get() + used_;
  used_ += bytes;
  return taken;
}

void TextArena::clear() {
  block_ = 0;
  used_ = 0;
}

PackedTextReader::Text PackedTextReader::next(ByteReader& in) {
  const unsigned first = in.u8();
  const auto spare = static_cast<std::uint8_t>(first >> form_bits);
  switch (static_cast<TextForm>(first & form_mask)) {
    case TextForm::raw:
      return {in.text(), spare};
    case TextForm::shape:
      before_ = in.text();
      digit_bytes_ = in.number();
      behind_ = in.text();
      if (digit_bytes_ == 0) in.refuse();
      return {in_last_shape(in), spare};
    case TextForm::last_shape:
      if (digit_bytes_ == 0) in.refuse();
      return {in_last_shape(in), spare};
    case TextForm::uuid:
      break;
  }
  const std::string_view bytes = in.raw(uuid_bytes);
  if (!in.ok()) return {};
  std::array<char, 2 * uuid_bytes> without_dashes{};
  unpack(bytes, without_dashes.data());
  char* const text = arena_.take(uuid_characters);
  char* end = text;
  const char* from = without_dashes.data();
  for (const std::size_t dash : uuid_dashes) {
    const std::size_t size = text + dash - end;
    end = std::copy_n(from, size, end);
    from += size;
    *end++ = '-';
  }
  std::copy_n(from, text + uuid_characters - end, end);
  return {{text, uuid_characters}, spare};
}

std::string_view PackedTextReader::in_last_shape(ByteReader& in) {
  const std::string_view bytes = in.raw(digit_bytes_);
  if (!in.ok()) return {};
  const std::size_t size = before_.size() + 2 * bytes.size() + behind_.size();
  char* const text = arena_.take(size);
  char* const end = unpack(bytes, std::copy(before_.begin(), before_.end(), text));
  std::copy(behind_.begin(), behind_.end(), end);
  return {text, size};
}

}  // namespace tallystick::store::embedded
