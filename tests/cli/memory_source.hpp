#pragma once
#include <algorithm>
#include <cstring>
#include <string>

#include "cli/byte_source.hpp"

namespace tallystick::cli_test {

/// A text as a source that gives at most `step` bytes at once, so that every boundary is met.
class MemorySource : public cli::ByteSource {
 public:
  explicit MemorySource(std::string text, std::size_t step = 1U << 20U) : text_(std::move(text)), step_(step) {}

  Result<std::size_t, std::string> read(char* buffer, std::size_t size) override {
    const std::size_t bytes = std::min({size, step_, text_.size() - position_});
    std::memcpy(buffer, text_.data() + position_, bytes);
    position_ += bytes;
    return bytes;
  }

 private:
  std::string text_;
  std::size_t step_;
  std::size_t position_ = 0;
};

}  // namespace tallystick::cli_test
