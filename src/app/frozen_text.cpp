#include "app/frozen_text.hpp"

#include <sodium.h>

#include <utility>

namespace tallystick::app {

static_assert(std::tuple_size_v<store::Digest> == crypto_hash_sha256_BYTES);

store::Digest sha256(std::string_view bytes) {
  store::Digest digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return digest;
}

store::FrozenText freeze(std::string json) {
  const store::Digest digest = sha256(json);
  return {std::move(json), digest};
}

}  // namespace tallystick::app
