#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tallystick::bench {

/// Takes the bytes of HTTP/1.1 answers on one keep-alive connection as they come; with Content-Length or in chunks.
class ResponseReader {
 public:
  /// Adds bytes of the answer that is awaited; true once it is whole. Throws std::runtime_error where it is not HTTP.
  bool add(std::string_view bytes);

  /// Of a whole answer, until `clear`.
  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] std::string_view body() const { return body_; }
  [[nodiscard]] std::string_view header() const { return std::string_view(received_).substr(0, header_size_); }
  /// A field's value, empty where it is absent. `name` in lower case.
  [[nodiscard]] std::string field(std::string_view name) const;

  void clear();

 private:
  bool read_header();
  bool read_chunks();

  std::string received_;
  std::string body_;
  std::size_t header_size_ = 0;  // 0: not whole yet
  std::size_t content_length_ = 0;
  std::size_t chunk_at_ = 0;
  bool is_chunked_ = false;
  int status_ = 0;
};

}  // namespace tallystick::bench
