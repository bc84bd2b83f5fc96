#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "client/pacing.hpp"
#include "client/token_source.hpp"
#include "tallystick/client/connection.hpp"

namespace tallystick::client {

/// Sends calls: checks the configuration, puts the token on, repeats what may be repeated. What Connection promises is
/// kept here, with time and chance as arguments.
class AuthorizedSender {
 public:
  AuthorizedSender(Configuration configuration, std::shared_ptr<HttpTransport> transport, Pacing pacing);
  AuthorizedSender(const AuthorizedSender&) = delete;
  AuthorizedSender& operator=(const AuthorizedSender&) = delete;

  [[nodiscard]] ApiAnswer<HttpResponse> send(const Connection::Call& call, const CallOptions& options = {});
  /// The same for an address that needs no token.
  [[nodiscard]] ApiAnswer<HttpResponse> download(const std::string& address, const CallOptions& options = {});
  [[nodiscard]] const Configuration& configuration() const { return configuration_; }

 private:
  struct Attempt {
    ApiResult<HttpResponse> result;
    bool call_was_sent = false;  ///< false: it failed while the token was obtained
  };
  /// Makes attempts until one succeeds, or none may or should follow.
  [[nodiscard]] ApiAnswer<HttpResponse> repeat(bool repeatable, const std::function<Attempt()>& make_attempt);
  /// Sets the request's Authorization and sends it.
  [[nodiscard]] Attempt attempt(HttpRequest& request);
  [[nodiscard]] HttpRequest request_of(const Connection::Call& call) const;

  const Configuration configuration_;
  const std::shared_ptr<HttpTransport> transport_;
  const Pacing pacing_;
  const std::string base_;           ///< the base URL without a slash at its end
  const std::string token_address_;  ///< checked like the base URL
  const std::optional<std::string> configuration_fault_;
  TokenSource tokens_;
};

}  // namespace tallystick::client
