#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "tallystick/core/result.hpp"

/// Compressed request bodies. The one place that knows zlib and zstd.
namespace tallystick::server {

enum class ContentCoding { identity, gzip, zstd };

/// The coding that a Content-Encoding field names, without case; absent: one that is not taken, or several.
[[nodiscard]] std::optional<ContentCoding> parse_content_coding(std::string_view field);

enum class InflateFault {
  malformed,  ///< not of that coding, damaged, or cut short
  too_large,  ///< more than `bytes_max` bytes, or a zstd window that needs more memory than is given to one body
};

/// The body as it was before compression, several gzip members or zstd frames one after the other. Stops at the limit
/// while inflating, so that a small body cannot take more memory than a large one.
[[nodiscard]] Result<std::string, InflateFault> inflate(std::string body, ContentCoding coding, std::size_t bytes_max);

}  // namespace tallystick::server
