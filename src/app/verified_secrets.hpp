#pragma once
#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/secret.hpp"
#include "tallystick/core/catalog.hpp"

namespace tallystick::app {

/// Under which name the secrets of clients and of users are remembered.
[[nodiscard]] std::string secret_owner(const core::OAuthClient& client);
[[nodiscard]] std::string secret_owner(const core::User& user);

/// Remembers in memory which secrets were verified, as a keyed hash of (owner, stored hash, secret), so that the
/// argon2id computation is paid once and not at each log-in. The key is random and lives as long as the process; an
/// owner whose stored hash changed is verified anew. One entry an owner. Any thread.
class VerifiedSecrets {
 public:
  explicit VerifiedSecrets(const RandomBytes& random);
  VerifiedSecrets(const VerifiedSecrets&) = delete;
  VerifiedSecrets& operator=(const VerifiedSecrets&) = delete;

  /// Whether this very secret was verified before. Microseconds. False says nothing about the secret.
  [[nodiscard]] bool remembers(const std::string& owner, std::string_view stored_hash, std::string_view secret) const;
  /// Whether the secret fits: from memory, or by verify_secret, which may take 100 ms and more.
  [[nodiscard]] bool verify(const std::string& owner, const std::string& stored_hash, std::string_view secret);
  /// Notes a secret from which `stored_hash` was just made.
  void remember(const std::string& owner, std::string_view stored_hash, std::string_view secret);

 private:
  using KeyedHash = std::array<std::uint8_t, 32>;
  [[nodiscard]] KeyedHash keyed_hash(std::string_view owner, std::string_view stored_hash,
                                     std::string_view secret) const;

  std::array<std::uint8_t, 32> key_{};
  mutable std::mutex mutex_;
  std::unordered_map<std::string, KeyedHash> verified_;
};

}  // namespace tallystick::app
