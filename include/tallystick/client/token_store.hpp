#pragma once
#include <chrono>
#include <optional>
#include <string>

#pragma GCC visibility push(default)
namespace tallystick {

/// What a log-in gave.
struct StoredTokens {
  std::string access_token{};
  std::chrono::system_clock::time_point expires_at{};
  std::string refresh_token{};  ///< empty: there is none
  friend bool operator==(const StoredTokens&, const StoredTokens&) = default;
};

/// Keeps tokens beyond a Connection, for one client of one service. Called by one thread at a time. A failure to keep
/// is told by the store itself: the call that needed the token goes on with it.
class TokenStore {
 public:
  TokenStore() = default;
  TokenStore(const TokenStore&) = delete;
  TokenStore& operator=(const TokenStore&) = delete;
  virtual ~TokenStore() = default;

  [[nodiscard]] virtual std::optional<StoredTokens> load() = 0;
  virtual void save(const StoredTokens& tokens) = 0;
  /// The tokens are of no use any more.
  virtual void clear() = 0;
};

}  // namespace tallystick
#pragma GCC visibility pop
