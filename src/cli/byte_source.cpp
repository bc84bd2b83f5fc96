#include "cli/byte_source.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace tallystick::cli {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{1} << 16U;
constexpr std::string_view gzip_magic = "\x1F\x8B";
constexpr std::string_view zstd_magic = "\x28\xB5\x2F\xFD";

}  // namespace

std::string to_string(const std::string& file, const InputFault& fault) {
  std::string text = file;
  if (fault.line != 0) text += ":" + std::to_string(fault.line);
  text += ": ";
  if (!fault.field.empty()) text += fault.field + ": ";
  return text + fault.message;
}

/// Turns what a stream holds into the bytes that were meant.
class InflatedStream::Decoder {
 public:
  Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  virtual ~Decoder() = default;

  struct Step {
    std::size_t taken = 0;
    std::size_t made = 0;
  };
  /// As much as fits. Neither taken nor made: more input is needed.
  [[nodiscard]] virtual Result<Step, std::string> decode(std::string_view input, char* output, std::size_t size) = 0;
  /// Whether the input may end here.
  [[nodiscard]] virtual bool is_complete() const = 0;
  [[nodiscard]] virtual std::string_view format() const = 0;
};

namespace {

class PlainDecoder : public InflatedStream::Decoder {
 public:
  Result<Step, std::string> decode(std::string_view input, char* output, std::size_t size) override {
    const std::size_t bytes = std::min(input.size(), size);
    std::memcpy(output, input.data(), bytes);
    return Step{bytes, bytes};
  }
  [[nodiscard]] bool is_complete() const override { return true; }
  [[nodiscard]] std::string_view format() const override { return "plain"; }
};

class GzipDecoder : public InflatedStream::Decoder {
 public:
  GzipDecoder() { initialized_ = inflateInit2(&stream_, MAX_WBITS + 16) == Z_OK; }
  ~GzipDecoder() override {
    if (initialized_) inflateEnd(&stream_);
  }
  GzipDecoder(const GzipDecoder&) = delete;
  GzipDecoder& operator=(const GzipDecoder&) = delete;

  Result<Step, std::string> decode(std::string_view input, char* output, std::size_t size) override {
    if (!initialized_) return fail(std::string("not enough memory to inflate gzip data"));
    if (member_ended_) {
      if (inflateReset(&stream_) != Z_OK) return fail(std::string("gzip data cannot be inflated"));
      member_ended_ = false;
    }
    // zlib's interface is older than const; it does not write to its input.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));  // NOLINT
    stream_.avail_in = static_cast<uInt>(input.size());
    stream_.next_out = reinterpret_cast<Bytef*>(output);
    stream_.avail_out = static_cast<uInt>(size);
    const int code = inflate(&stream_, Z_NO_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
      return fail(std::string("the gzip data is damaged"));
    }
    member_ended_ = code == Z_STREAM_END;
    return Step{input.size() - stream_.avail_in, size - stream_.avail_out};
  }
  [[nodiscard]] bool is_complete() const override { return member_ended_; }
  [[nodiscard]] std::string_view format() const override { return "gzip"; }

 private:
  z_stream stream_{};
  bool initialized_ = false;
  bool member_ended_ = false;
};

class ZstdDecoder : public InflatedStream::Decoder {
 public:
  Result<Step, std::string> decode(std::string_view input, char* output, std::size_t size) override {
    if (stream_ == nullptr) return fail(std::string("not enough memory to inflate zstd data"));
    ZSTD_inBuffer in{input.data(), input.size(), 0};
    ZSTD_outBuffer out{output, size, 0};
    const std::size_t hint = ZSTD_decompressStream(stream_.get(), &out, &in);
    if (ZSTD_isError(hint) != 0) return fail(std::string("the zstd data is damaged"));
    frame_ended_ = hint == 0;
    return Step{in.pos, out.pos};
  }
  [[nodiscard]] bool is_complete() const override { return frame_ended_; }
  [[nodiscard]] std::string_view format() const override { return "zstd"; }

 private:
  struct Free {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
  };
  std::unique_ptr<ZSTD_DStream, Free> stream_{ZSTD_createDStream()};
  bool frame_ended_ = false;
};

std::unique_ptr<InflatedStream::Decoder> decoder_for(std::string_view beginning) {
  if (beginning.starts_with(gzip_magic)) return std::make_unique<GzipDecoder>();
  if (beginning.starts_with(zstd_magic)) return std::make_unique<ZstdDecoder>();
  return std::make_unique<PlainDecoder>();
}

}  // namespace

InflatedStream::InflatedStream(std::istream& stream) : stream_(stream) {}
InflatedStream::~InflatedStream() = default;

std::uint64_t InflatedStream::bytes_taken() const {
  return bytes_taken_;
}

// Puts the stream's next bytes behind those that were not decoded yet.
void InflatedStream::refill(std::string& input) {
  const std::size_t kept = input.size();
  input.resize(kept + chunk_bytes);
  stream_.read(input.data() + kept, static_cast<std::streamsize>(chunk_bytes));
  const auto bytes = static_cast<std::size_t>(stream_.gcount());
  input.resize(kept + bytes);
  bytes_taken_ += bytes;
  input_ended_ = bytes == 0;
}

Result<std::size_t, std::string> InflatedStream::read(char* buffer, std::size_t size) {
  if (!decoder_) {
    refill(input_);
    decoder_ = decoder_for(input_);
  }
  while (true) {
    const auto input = std::string_view(input_).substr(position_);
    if (!input.empty() || !decoder_->is_complete()) {
      const auto step = decoder_->decode(input, buffer, size);
      if (!step) return fail(step.error());
      position_ += step->taken;
      if (step->made > 0) return step->made;
      if (step->taken > 0) continue;
    }
    if (input_ended_) {
      if (stream_.bad()) return fail(std::string("cannot be read to its end"));
      if (decoder_->is_complete()) return std::size_t{0};
      return fail("ends in the middle of its " + std::string(decoder_->format()) + " data");
    }
    input_.erase(0, position_);
    position_ = 0;
    refill(input_);
  }
}

Result<std::optional<std::string_view>, InputFault> LineReader::next() {
  const bool is_first = line_ == 0;
  std::size_t searched = position_;
  std::size_t end = std::string::npos;
  while ((end = buffer_.find('\n', searched)) == std::string::npos && !at_end_) {
    if (buffer_.size() - position_ > line_bytes_max) {
      return fail(InputFault{line_ + 1, "", "has more than " + std::to_string(line_bytes_max) + " bytes"});
    }
    buffer_.erase(0, position_);
    position_ = 0;
    searched = buffer_.size();
    buffer_.resize(searched + chunk_bytes);
    const auto bytes = source_.read(buffer_.data() + searched, chunk_bytes);
    buffer_.resize(searched + (bytes ? *bytes : 0));
    if (!bytes) return fail(InputFault{0, "", bytes.error()});
    at_end_ = *bytes == 0;
  }
  if (end == std::string::npos && position_ == buffer_.size()) return std::optional<std::string_view>();
  const std::size_t line_end = std::min(end, buffer_.size());
  std::string_view line = std::string_view(buffer_).substr(position_, line_end - position_);
  position_ = std::min(line_end + 1, buffer_.size());
  ++line_;
  if (is_first && line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());
  if (line.ends_with('\r')) line.remove_suffix(1);
  return std::optional(line);
}

}  // namespace tallystick::cli
