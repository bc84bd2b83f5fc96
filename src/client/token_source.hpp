#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "client/pacing.hpp"
#include "client/token_request.hpp"
#include "tallystick/client/configuration.hpp"
#include "tallystick/client/http_transport.hpp"

namespace tallystick::client {

/// The bearer token of one client, obtained by its grant when it is first needed and anew before it expires. However
/// many threads ask at once, one request is sent and all get its outcome.
///
/// What a log-in gave is kept in the configuration's TokenStore, where there is one: it is looked into before anything
/// is sent, held while something is, and told each new token before anyone gets it. So of several processes with one
/// store a single one renews, the others find its tokens, and a refresh token that the service rotates is not lost
/// between them.
class TokenSource {
 public:
  using Send = std::function<ApiResult<HttpResponse>(const HttpRequest& request)>;
  /// `address`: a token address that may be trusted with the secret. `configuration` has no grant_fault. `send`: one
  /// attempt, from any thread.
  TokenSource(std::string address, Configuration configuration, Send send, Pacing pacing);

  /// A token that is good for now. One attempt: repeating it is the caller's affair. `stop` ends the wait with an error
  /// of kind cancelled; but a request that uses up a code or a refresh token goes on to its end, for its answer could
  /// not be had again. Errors of kind log_in: nothing is left to obtain a token with.
  [[nodiscard]] ApiResult<std::string> get(const std::stop_token& stop = {});

  /// The server refused `token`: do not give it out again. A newer one stays.
  void forget(std::string_view token);

 private:
  struct Token {
    std::string text;
    std::chrono::steady_clock::time_point renew_at;
    std::chrono::steady_clock::time_point expires_at;
  };
  /// A request that is under way, and who waits for it.
  struct Flight {
    bool has_landed = false;
    std::optional<ApiResult<std::string>> outcome;  ///< absent once it landed: who led it was cancelled, lead again
  };

  /// Ends a flight, with whatever outcome it has. Needs the lock.
  void land(Flight& flight);
  /// One flight at a time runs these.
  [[nodiscard]] ApiResult<Token> obtain(const std::string& refused, const std::stop_token& stop);
  [[nodiscard]] std::optional<Token> stored_token(const StoredTokens& stored, const std::string& refused) const;
  [[nodiscard]] ApiResult<Token> refresh(const std::stop_token& stop);
  [[nodiscard]] ApiResult<Token> ask(const Grant& grant, const std::stop_token& stop);

  const std::string address_;
  const Configuration configuration_;
  const Send send_;
  const Pacing pacing_;

  // Of the flight.
  std::string refresh_token_;      ///< the newest one; empty: none
  std::string seen_in_store_;      ///< that is still there where a save failed: what came for it counts
  bool grant_is_used_up_ = false;  ///< the configured code, refresh token or assertion did its work

  std::mutex mutex_;
  std::condition_variable_any landed_;
  std::optional<Token> token_;
  std::string refused_;  ///< the last token that the server refused
  std::shared_ptr<Flight> flight_;
};

}  // namespace tallystick::client
