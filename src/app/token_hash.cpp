#include "app/token_hash.hpp"

#include <sodium.h>

#include <array>

namespace tallystick::app {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

store::TokenHash hash_token(std::string_view token) {
  store::TokenHash hash{};
  crypto_generichash(hash.data(), hash.size(), bytes_of(token), token.size(), nullptr, 0);
  return hash;
}

std::string fingerprint_of(const core::OAuthClient& client, const core::User* user) {
  std::string secrets = client.secret_hash;
  // No hash in its text form has a zero byte.
  if (user != nullptr) secrets.append(1, '\0').append(user->secret_hash);
  std::array<unsigned char, crypto_generichash_BYTES_MIN> digest{};
  crypto_generichash(digest.data(), digest.size(), bytes_of(secrets), secrets.size(), nullptr, 0);
  return std::string(digest.begin(), digest.end());
}

}  // namespace tallystick::app
