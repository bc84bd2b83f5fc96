#pragma once
#include <chrono>
#include <memory>
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

/// Keeps tokens beyond a Connection, for one client of one service. Called by one thread of a Connection at a time. A
/// failure to keep is told by the store itself: the call that needed the token goes on with it.
///
/// What is looked for first is an access token that is still good, by `load` alone. Where there is none, `hold` is
/// called, `load` again, for another process may have renewed meanwhile, the token is asked for, `save`, and the hold
/// is released. A store that several processes share must let one of them hold it at a time: refresh tokens that a
/// service rotates work once, and two processes that use the same one would log the person out.
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

  /// Waits until nobody else holds the store, and keeps others out until what is returned is gone. One that a single
  /// process uses needs none.
  using Hold = std::shared_ptr<void>;
  [[nodiscard]] virtual Hold hold() { return nullptr; }
};

}  // namespace tallystick
#pragma GCC visibility pop
