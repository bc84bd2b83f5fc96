#include "app/verified_secrets.hpp"

#include <sodium.h>

namespace tallystick::app {

std::string secret_owner(const core::OAuthClient& client) {
  return client.id;
}
std::string secret_owner(const core::User& user) {
  return "user/" + user.id;  // no id of a client has a slash
}

VerifiedSecrets::VerifiedSecrets(const RandomBytes& random) {
  random(key_);
}

VerifiedSecrets::KeyedHash VerifiedSecrets::keyed_hash(std::string_view owner, std::string_view stored_hash,
                                                       std::string_view secret) const {
  KeyedHash hash{};
  crypto_generichash_state state;
  crypto_generichash_init(&state, key_.data(), key_.size(), hash.size());
  // Each part goes in after its length, so that no two triples read alike.
  for (const std::string_view part : {owner, stored_hash, secret}) {
    const std::uint64_t bytes = part.size();
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&bytes), sizeof bytes);
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
  }
  crypto_generichash_final(&state, hash.data(), hash.size());
  return hash;
}

bool VerifiedSecrets::remembers(const std::string& owner, std::string_view stored_hash, std::string_view secret) const {
  const KeyedHash hash = keyed_hash(owner, stored_hash, secret);
  const std::lock_guard lock(mutex_);
  const auto known = verified_.find(owner);
  return known != verified_.end() && sodium_memcmp(known->second.data(), hash.data(), hash.size()) == 0;
}

bool VerifiedSecrets::verify(const std::string& owner, const std::string& stored_hash, std::string_view secret) {
  if (remembers(owner, stored_hash, secret)) return true;
  if (!verify_secret(secret, stored_hash)) return false;
  remember(owner, stored_hash, secret);
  return true;
}

void VerifiedSecrets::remember(const std::string& owner, std::string_view stored_hash, std::string_view secret) {
  const KeyedHash hash = keyed_hash(owner, stored_hash, secret);
  const std::lock_guard lock(mutex_);
  verified_[owner] = hash;
}

}  // namespace tallystick::app
