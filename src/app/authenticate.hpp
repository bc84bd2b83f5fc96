#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/catalog_snapshot.hpp"
#include "app/secret.hpp"
#include "app/verified_secrets.hpp"
#include "store/store.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// Who asks.
struct Caller {
  std::string client_id;
  core::OrganizationId organization;
  std::vector<std::string> permissions;  ///< as the catalog has them at this request: the person's, else the client's
  std::string user_id;                   ///< empty: the client for itself
  store::TokenHash token_hash{};         ///< by which requests are counted

  [[nodiscard]] bool is_operator() const { return organization == core::operator_organization_id; }
};

struct IssuedToken {
  std::string access_token;
  std::int64_t expires_in_s = 0;
  std::string refresh_token{};  ///< empty: none
};

/// Logs clients in and recognizes their tokens. A secret costs one argon2id computation (about 100 ms), one at a time
/// on a thread of its own; one that was verified is remembered, and an unknown id costs as much as a wrong secret
/// (docs/adr/0005). Tokens that have expired are forgotten now and then, when new ones are issued. Any thread.
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
  /// (unknown, expired, its client removed or its secret changed), storage_failed.
  [[nodiscard]] Result<Caller, core::Problem> authenticate(std::string_view token, core::TimePoint now) const;

  /// The same where it needs no look into the store; absent says nothing about the token. For threads that must not
  /// wait.
  [[nodiscard]] std::optional<Caller> recall(std::string_view token, core::TimePoint now) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tallystick::app
