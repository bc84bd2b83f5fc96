#pragma once
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>

#include "app/catalog_snapshot.hpp"
#include "store/store.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// Fills a buffer with unpredictable bytes; main passes the system's generator.
using RandomBytes = std::function<void(std::span<std::uint8_t>)>;

/// Who asks.
struct Caller {
  std::string client_id;
  core::OrganizationId organization;
  std::vector<std::string> permissions;  ///< as the catalog has them at this request
  store::TokenHash token_hash{};         ///< by which requests are counted

  [[nodiscard]] bool is_operator() const { return organization == core::operator_organization_id; }
};

struct IssuedToken {
  std::string access_token;
  std::int64_t expires_in_s = 0;
};

/// Logs clients in and recognizes their tokens. A secret costs one argon2id computation (about 100 ms), one at a time;
/// a secret that was verified is remembered in memory as a keyed hash, and an unknown id costs as much as a wrong
/// secret (docs/adr).
class Authentication {
 public:
  struct Settings {
    std::size_t waiting_secrets_max = 64;  ///< more log-ins at once are answered `overloaded`
  };

  Authentication(store::Store& store, const CurrentCatalog& catalog, RandomBytes random, Settings settings);
  ~Authentication();
  Authentication(const Authentication&) = delete;
  Authentication& operator=(const Authentication&) = delete;

  using OnToken = std::function<void(Result<IssuedToken, core::Problem>)>;
  /// Client credentials → a token that lives as long as the client's token_seconds, from `now`. Answers once, from
  /// this thread or another. Problems: bad_credentials, overloaded, storage_failed.
  void issue_token(std::string client_id, std::string secret, core::TimePoint now, OnToken on_token);

  /// The caller behind a bearer token. bad_credentials: unknown, expired, its client removed or its secret changed.
  [[nodiscard]] Result<Caller, core::Problem> authenticate(std::string_view token, core::TimePoint now) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// argon2id in its standard text form. Costs about 100 ms and 64 MiB.
[[nodiscard]] std::string hash_secret(std::string_view secret);

/// Whether a text is an argon2id hash within the limits of interface.md (256 MiB, 4 passes).
[[nodiscard]] bool is_acceptable_secret_hash(std::string_view text);

/// A new secret: 32 random bytes, base64url.
[[nodiscard]] std::string make_secret(const RandomBytes& random);

}  // namespace tallystick::app
