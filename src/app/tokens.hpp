#pragma once
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/catalog_snapshot.hpp"
#include "app/secret.hpp"
#include "app/token_memory.hpp"
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

/// Of whoever shows what is not good. One sentence, whatever was wrong.
[[nodiscard]] core::Problem bad_credentials();

/// For whom a token is made: both of one catalog, which must live until the token is made.
struct TokenHolder {
  const core::OAuthClient& client;
  const core::User* user = nullptr;  ///< nullptr: the client for itself
};

/// How refresh tokens go on from a person's log-in.
struct RefreshLine {
  store::TokenFamily family{};
  bool client_was_authenticated = true;
};

/// The tokens that were handed out: makes, saves, recognizes and ends them. Expired ones are forgotten now and then,
/// when new ones are made. Any thread; whatever saves waits for the disk.
class Tokens {
 public:
  /// What is passed must live longer. `random` is called from several threads.
  Tokens(store::Store& store, const CurrentCatalog& catalog, RandomBytes random);
  Tokens(const Tokens&) = delete;
  Tokens& operator=(const Tokens&) = delete;

  using Issued = Result<IssuedToken, core::Problem>;
  /// Absent: what should be used for it was used before, or is not there.
  using IssuedOnce = Result<std::optional<IssuedToken>, core::Problem>;

  /// A family for a new log-in.
  [[nodiscard]] store::TokenFamily new_family() const;

  /// An access token that lives as long as the client's token_seconds, from `now`.
  [[nodiscard]] Issued issue(const TokenHolder& holder, core::TimePoint now);
  /// The same with a refresh token.
  [[nodiscard]] Issued issue_refreshable(const TokenHolder& holder, const RefreshLine& line, core::TimePoint now);
  /// The same for the refresh token `used`, which is spent by it.
  [[nodiscard]] IssuedOnce exchange(const store::TokenHash& used, const TokenHolder& holder, const RefreshLine& line,
                                    core::TimePoint now);
  /// An access token for something that is good once and named by a hash of its own, which is remembered until
  /// `remembered_until`. One thread at a time.
  [[nodiscard]] IssuedOnce issue_once(const store::TokenHash& name, core::TimePoint remembered_until,
                                      const TokenHolder& holder, core::TimePoint now);
  [[nodiscard]] Status<core::Problem> end_family(const store::TokenFamily& family);

  [[nodiscard]] Result<std::optional<store::Token>, core::Problem> find(const store::TokenHash& hash) const;
  /// As Authentication's.
  [[nodiscard]] Result<Caller, core::Problem> authenticate(std::string_view token, core::TimePoint now) const;
  [[nodiscard]] std::optional<Caller> recall(std::string_view token, core::TimePoint now) const;

  static constexpr int refresh_days = 30;

 private:
  struct Made {
    IssuedToken issued;
    std::vector<store::Token> stored;  ///< the access token first
  };
  [[nodiscard]] Made make(const TokenHolder& holder, const RefreshLine* line, core::TimePoint now) const;
  [[nodiscard]] Issued save(Made made, core::TimePoint now);
  [[nodiscard]] Status<core::Problem> note_saved(const store::Token& access, const TokenMemory::State& saved_under,
                                                 core::TimePoint now);
  [[nodiscard]] store::StoreStatus remove_expired(core::TimePoint now);

  store::Store& store_;
  const CurrentCatalog& catalog_;
  const RandomBytes random_;
  mutable TokenMemory in_memory_;
  std::mutex removing_mutex_;
  core::TimePoint next_removal_;
};

}  // namespace tallystick::app
