#include "http/response_reader.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <stdexcept>

namespace tallystick::bench {
namespace {

constexpr std::string_view line_end = "\r\n";

std::size_t number_of(std::string_view text, int base) {
  std::size_t number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number, base).ec != std::errc{}) {
    throw std::runtime_error("not a number in an HTTP answer: " + std::string(text));
  }
  return number;
}

bool is_same_name(std::string_view field, std::string_view lower) {
  return std::ranges::equal(field, lower, {}, [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
}

}  // namespace

bool ResponseReader::add(std::string_view bytes) {
  received_ += bytes;
  if (header_size_ == 0 && !read_header()) return false;
  if (is_chunked_) return read_chunks();
  if (received_.size() < header_size_ + content_length_) return false;
  body_.assign(received_, header_size_, content_length_);
  return true;
}

std::string ResponseReader::field(std::string_view name) const {
  std::string_view rest = header();
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find(line_end));
    rest.remove_prefix(std::min(rest.size(), line.size() + line_end.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_same_name(line.substr(0, colon), name)) continue;
    const std::size_t value = line.find_first_not_of(' ', colon + 1);
    return value == std::string_view::npos ? std::string() : std::string(line.substr(value));
  }
  return {};
}

void ResponseReader::clear() {
  received_.clear();
  body_.clear();
  header_size_ = content_length_ = chunk_at_ = 0;
  is_chunked_ = false;
  status_ = 0;
}

bool ResponseReader::read_header() {
  const std::size_t end = received_.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  if (!received_.starts_with("HTTP/1.1 ")) throw std::runtime_error("not HTTP: " + received_.substr(0, 80));
  header_size_ = end + 4;
  status_ = static_cast<int>(number_of(std::string_view(received_).substr(9, 3), 10));
  is_chunked_ = field("transfer-encoding") == "chunked";
  chunk_at_ = header_size_;
  if (is_chunked_) return true;
  const std::string length = field("content-length");
  content_length_ = length.empty() ? 0 : number_of(length, 10);
  return true;
}

bool ResponseReader::read_chunks() {
  for (;;) {
    const std::size_t line = received_.find(line_end, chunk_at_);
    if (line == std::string::npos) return false;
    const std::size_t size = number_of(std::string_view(received_).substr(chunk_at_, line - chunk_at_), 16);
    const std::size_t data = line + line_end.size();
    if (received_.size() < data + size + line_end.size()) return false;
    if (size == 0) return true;
    body_.append(received_, data, size);
    chunk_at_ = data + size + line_end.size();
  }
}

}  // namespace tallystick::bench
