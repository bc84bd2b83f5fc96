#include "store/embedded/pair_hash.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <string>

#include "store/embedded/byte_codec.hpp"

namespace tallystick::store::embedded {
namespace {

static_assert(crypto_shorthash_siphashx24_KEYBYTES == std::tuple_size_v<HashKey>);
static_assert(crypto_shorthash_siphashx24_BYTES >= sizeof(PairHash::bytes));

// One buffer a thread: hashing every event must not allocate.
std::string& empty_buffer() {
  thread_local std::string buffer;
  buffer.clear();
  return buffer;
}

const unsigned char* bytes_of(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

PairHash PairHasher::pair(const core::OrganizationId& organization, std::string_view source,
                          std::string_view id) const {
  std::string& input = empty_buffer();
  ByteWriter writer(input);
  writer.uuid(organization);
  writer.text(source);
  writer.text(id);
  std::array<std::uint8_t, crypto_shorthash_siphashx24_BYTES> whole{};
  crypto_shorthash_siphashx24(whole.data(), bytes_of(input), input.size(), key_.data());
  PairHash hash;
  std::copy_n(whole.begin(), hash.bytes.size(), hash.bytes.begin());
  return hash;
}

PairHash PairHasher::pair_of(const core::Event& event) const {
  return pair(core::organization_of(event), core::source_of(event), core::id_of(event));
}

PairHash PairHasher::target_of(const core::VoidEvent& event) const {
  return pair(event.organization, event.target_source, event.target_id);
}

ContentHash PairHasher::content_of(const core::Event& event) const {
  std::string& input = empty_buffer();
  ByteWriter writer(input);
  writer.u8(static_cast<std::uint8_t>(event.index()));
  writer.uuid(core::organization_of(event));
  if (const auto* usage = std::get_if<core::UsageEvent>(&event)) {
    writer.text(usage->product);
    writer.text(usage->resource);
    writer.time(usage->time);
    writer.decimal(usage->quantity);
    writer.optional_time(usage->until);
  } else {
    const auto& correction = std::get<core::VoidEvent>(event);
    writer.text(correction.target_source);
    writer.text(correction.target_id);
  }
  std::array<std::uint8_t, crypto_shorthash_BYTES> hash{};
  static_assert(crypto_shorthash_KEYBYTES == std::tuple_size_v<HashKey>);
  crypto_shorthash(hash.data(), bytes_of(input), input.size(), key_.data());
  ContentHash value = 0;
  for (std::size_t i = 0; i < sizeof value; ++i) value = (value << 8U) | hash[i];
  return value;
}

}  // namespace tallystick::store::embedded
