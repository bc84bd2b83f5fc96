#pragma once
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "client/pacing.hpp"
#include "tallystick/client/configuration.hpp"
#include "tallystick/client/http_transport.hpp"

namespace tallystick::client {

/// The bearer token of one client, obtained with its credentials (client_credentials, HTTP Basic) when it is first
/// needed and anew before it expires. However many threads ask at once, one request is sent and all get its outcome.
class TokenSource {
 public:
  /// The references outlive the source. `address`: a token address that may be trusted with the secret.
  TokenSource(std::string address, const Configuration& configuration, HttpTransport& transport, const Pacing& pacing);

  /// A token that is good for now. One attempt: repeating it is the caller's affair.
  [[nodiscard]] ApiResult<std::string> get();

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
    std::optional<ApiResult<std::string>> outcome;
  };

  [[nodiscard]] ApiResult<Token> request_token() const;

  const std::string address_;
  const Configuration& configuration_;
  HttpTransport& transport_;
  const Pacing& pacing_;

  std::mutex mutex_;
  std::condition_variable landed_;
  std::optional<Token> token_;
  std::shared_ptr<Flight> flight_;
};

}  // namespace tallystick::client
