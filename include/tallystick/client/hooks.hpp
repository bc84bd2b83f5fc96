#pragma once
#include <chrono>
#include <functional>

#include "tallystick/client/api_error.hpp"
#include "tallystick/client/http_transport.hpp"

#pragma GCC visibility push(default)
namespace tallystick {

/// Called from the threads that send; each may be empty. None may throw.
struct Hooks {
  /// Before each attempt of each request, token requests included: may add or change headers. What it sees holds
  /// credentials.
  std::function<void(HttpRequest& request)> before_request{};
  /// After each attempt. Of answers of status 2xx what it sees holds credentials too; of others they are redacted.
  std::function<void(const HttpRequest& request, const ApiResult<HttpResponse>& outcome,
                     std::chrono::microseconds duration)>
      after_request{};
  /// Before each pause, so that a person can be told. Of all calls that wait for one window of the rate limit one
  /// tells.
  struct Pause {
    enum class Why { retry, rate_limit };
    Why why = Why::retry;
    int attempt = 0;  ///< that failed; 0 for rate_limit: the call was not sent yet
    std::chrono::milliseconds length{0};
    ApiError error{};  ///< of the attempt; of rate_limit none
  };
  std::function<void(const Pause& pause)> before_pause{};
};

}  // namespace tallystick
#pragma GCC visibility pop
