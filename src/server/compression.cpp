#include "server/compression.hpp"

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "server/exchange.hpp"

namespace tallystick::server {
namespace {

using Inflated = Result<std::string, InflateFault>;

constexpr std::size_t chunk_bytes = 65'536;
/// A window of 32 MiB: what `zstd` writes without --long or --ultra fits, and one body cannot claim more.
constexpr int zstd_window_log_max = 25;

Inflated inflate_gzip(std::string_view body, std::size_t bytes_max) {
  constexpr int window_bits_gzip_only = 15 + 16;
  z_stream stream{};
  if (inflateInit2(&stream, window_bits_gzip_only) != Z_OK) return fail(InflateFault::malformed);
  const std::unique_ptr<z_stream, decltype(&inflateEnd)> end_at_return(&stream, &inflateEnd);

  // zlib counts with 32 bits; bodies are far below that (Limits::body_bytes_max).
  if (body.size() > UINT32_MAX) return fail(InflateFault::too_large);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());

  std::string inflated;
  std::vector<char> chunk(chunk_bytes);
  for (;;) {
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = static_cast<uInt>(chunk.size());
    const int outcome = ::inflate(&stream, Z_NO_FLUSH);
    const std::size_t produced = chunk.size() - stream.avail_out;
    if (produced > bytes_max - inflated.size()) return fail(InflateFault::too_large);
    inflated.append(chunk.data(), produced);

    if (outcome == Z_STREAM_END) {
      if (stream.avail_in == 0) return inflated;
      if (inflateReset(&stream) != Z_OK) return fail(InflateFault::malformed);
    } else if (outcome != Z_OK) {
      return fail(InflateFault::malformed);  // Z_BUF_ERROR too: the input ended in the middle of a member
    }
  }
}

Inflated inflate_zstd(std::string_view body, std::size_t bytes_max) {
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  if (!context) return fail(InflateFault::malformed);
  if (ZSTD_isError(ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, zstd_window_log_max)) != 0) {
    return fail(InflateFault::malformed);
  }

  std::string inflated;
  std::vector<char> chunk(chunk_bytes);
  ZSTD_inBuffer in{body.data(), body.size(), 0};
  for (;;) {
    ZSTD_outBuffer out{chunk.data(), chunk.size(), 0};
    const std::size_t in_before = in.pos;
    const std::size_t outcome = ZSTD_decompressStream(context.get(), &out, &in);
    if (ZSTD_isError(outcome) != 0) {
      const bool needs_memory = ZSTD_getErrorCode(outcome) == ZSTD_error_frameParameter_windowTooLarge;
      return fail(needs_memory ? InflateFault::too_large : InflateFault::malformed);
    }
    if (out.pos > bytes_max - inflated.size()) return fail(InflateFault::too_large);
    inflated.append(chunk.data(), out.pos);

    const bool frame_ended = outcome == 0;
    if (frame_ended && in.pos == in.size) return inflated;
    const bool stuck = in.pos == in_before && out.pos == 0;
    if (stuck) return fail(InflateFault::malformed);  // the input ended in the middle of a frame
  }
}

}  // namespace

std::optional<ContentCoding> parse_content_coding(std::string_view field) {
  constexpr std::string_view blanks = " \t";
  field.remove_prefix(std::min(field.find_first_not_of(blanks), field.size()));
  field = field.substr(0, field.find_last_not_of(blanks) + 1);
  if (field.empty() || equals_without_case(field, "identity")) return ContentCoding::identity;
  if (equals_without_case(field, "gzip") || equals_without_case(field, "x-gzip")) return ContentCoding::gzip;
  if (equals_without_case(field, "zstd")) return ContentCoding::zstd;
  return std::nullopt;
}

Inflated inflate(std::string body, ContentCoding coding, std::size_t bytes_max) {
  switch (coding) {
    case ContentCoding::gzip:
      return inflate_gzip(body, bytes_max);
    case ContentCoding::zstd:
      return inflate_zstd(body, bytes_max);
    case ContentCoding::identity:
      break;
  }
  if (body.size() > bytes_max) return fail(InflateFault::too_large);
  return body;
}

}  // namespace tallystick::server
