#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/catalog_snapshot.hpp"
#include "app/secret.hpp"
#include "app/secret_verifier.hpp"
#include "app/tokens.hpp"
#include "app/verified_secrets.hpp"
#include "store/store.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// Logs clients in and recognizes tokens, of clients and of people. A secret costs one argon2id computation, one at a
/// time (SecretVerifier, docs/adr/0005). Any thread.
class Authentication {
 public:
  struct Settings {
    std::size_t waiting_secrets_max = 64;  ///< more log-ins at once are answered `overloaded`
  };

  /// All that is passed must live longer. `random` is called from several threads.
  Authentication(store::Store& store, const CurrentCatalog& catalog, RandomBytes random, VerifiedSecrets& secrets,
                 Settings settings);
  /// Log-ins that still wait are answered `overloaded`.
  ~Authentication();
  Authentication(const Authentication&) = delete;
  Authentication& operator=(const Authentication&) = delete;

  using OnToken = std::function<void(Result<IssuedToken, core::Problem>)>;
  /// Client credentials → a token that lives as long as the client's token_seconds, from `now`. Answers once, from
  /// this thread or another, and never waits for the store in this one. Problems: bad_credentials, overloaded,
  /// storage_failed.
  void issue_token(std::string client_id, std::string secret, core::TimePoint now, OnToken on_token);

  /// The caller behind a bearer token. Microseconds for a token that was seen before. Problems: bad_credentials
  /// (unknown, expired, not one for requests, its client or person removed or the secret of one changed),
  /// storage_failed.
  [[nodiscard]] Result<Caller, core::Problem> authenticate(std::string_view token, core::TimePoint now) const;

  /// The same where it needs no look into the store; absent says nothing about the token. For threads that must not
  /// wait.
  [[nodiscard]] std::optional<Caller> recall(std::string_view token, core::TimePoint now) const;

  /// What other grants share with this one.
  [[nodiscard]] Tokens& tokens();
  [[nodiscard]] SecretVerifier& secret_verifier();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tallystick::app
