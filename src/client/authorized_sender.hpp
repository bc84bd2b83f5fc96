#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "client/observed_exchange.hpp"
#include "client/pacing.hpp"
#include "client/rate_limiter.hpp"
#include "client/token_source.hpp"
#include "tallystick/client/connection.hpp"

namespace tallystick::client {

/// Sends calls with one configuration: checks it, puts the token on, keeps within the rate limit, repeats what may be
/// repeated, tells hooks and log. What Connection promises is kept here, with time and chance as arguments.
class AuthorizedSender {
 public:
  /// `former`: whose place it takes; tokens and what is known of the rate limit stay where the log-in stays.
  AuthorizedSender(Configuration configuration, std::shared_ptr<HttpTransport> transport, Pacing pacing,
                   const AuthorizedSender* former = nullptr);
  AuthorizedSender(const AuthorizedSender&) = delete;
  AuthorizedSender& operator=(const AuthorizedSender&) = delete;

  [[nodiscard]] ApiAnswer<HttpResponse> send(const Connection::Call& call, const CallOptions& options = {});
  /// The same for an address that needs no token.
  [[nodiscard]] ApiAnswer<HttpResponse> download(const std::string& address, const CallOptions& options = {});
  [[nodiscard]] const std::shared_ptr<const Configuration>& configuration() const { return configuration_; }
  [[nodiscard]] RateLimit rate_limit() const { return login_->limiter.limit(); }
  [[nodiscard]] const CallLog& log() const { return exchange_->log(); }

 private:
  /// What stays while the log-in stays, whatever else of the configuration changes.
  struct Login {
    Login(const Configuration& configuration, Pacing pacing, std::shared_ptr<const ObservedExchange> first);
    /// By which tokens are asked for: that of the configuration in force.
    std::mutex mutex;
    std::shared_ptr<const ObservedExchange> exchange;
    RateLimiter limiter;
    TokenSource tokens;
  };
  /// What repeat() must know of a call.
  struct Course {
    std::string name;  ///< for the log: method and address
    std::string correlation_id;
    bool repeatable = false;
    bool is_limited = false;  ///< by the service's rate limit
    std::stop_token stop;
  };
  struct Attempt {
    ApiResult<HttpResponse> result;
    bool call_was_sent = false;  ///< false: it failed while the token was obtained
    int status = 0;              ///< of the answer, also where that is an error
    Headers headers{};
  };
  /// Makes attempts until one succeeds, or none may or should follow.
  [[nodiscard]] ApiAnswer<HttpResponse> repeat(const Course& course, const std::function<Attempt()>& make_attempt);
  /// A place within the rate limit, after a pause where that is needed; none where the pause would be too long.
  [[nodiscard]] RateLimiter::Place await_place(const Course& course);
  void pause_for_window(const Course& course, std::chrono::milliseconds length);
  /// Sets the request's Authorization and sends it.
  [[nodiscard]] Attempt attempt(HttpRequest& request);
  [[nodiscard]] HttpRequest request_of(const Connection::Call& call, const CallOptions& options,
                                       const std::string& correlation_id) const;
  /// The end of a call that nothing was sent for.
  [[nodiscard]] ApiAnswer<HttpResponse> refuse(const std::string& name, ApiError error) const;
  void tell_end(const Course& course, const ApiAnswer<HttpResponse>& answer) const;

  const std::shared_ptr<const Configuration> configuration_;
  const Pacing pacing_;
  const std::string base_;  ///< the base URL without a slash at its end
  const std::optional<std::string> configuration_fault_;
  const std::shared_ptr<const ObservedExchange> exchange_;
  std::shared_ptr<Login> login_;
};

}  // namespace tallystick::client
