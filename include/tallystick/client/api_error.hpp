#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "tallystick/core/result.hpp"
#include "tallystick/wire/error_body.hpp"

#pragma GCC visibility push(default)
namespace tallystick {

/// Why a call has no answer. What published libraries throw as ApiException, here as a value.
struct ApiError {
  enum class Kind {
    configuration,  ///< the Configuration cannot work; nothing was sent
    network,        ///< no answer: name look-up, connection, TLS, time-out
    status,         ///< the server answered with an error status
    answer,         ///< the server answered success with something that is not the model
    log_in,     ///< a person has to log in (again): the code, refresh token, assertion or bearer token is not good any
                ///< more
    cancelled,  ///< CallOptions::stop was requested; whether the server did something is not known
  };
  Kind kind = Kind::network;
  int status = 0;            ///< HTTP status; 0 where there was no answer
  std::string code{};        ///< `not.found`, `missing.any.permissions`, …; of a token request RFC 6749's `error`
  std::string message{};     ///< what happened and what to do, for people, one line; never a secret
  std::string context_id{};  ///< the correlation id under which the server logged it; empty without an answer
  std::optional<wire::ErrorBody> body{};              ///< the whole answer where it was an ErrorBody
  std::optional<std::chrono::seconds> retry_after{};  ///< when the server said to come back
  /// The same call may succeed later: the connection failed or was cut, 429, 502, 503, 504. Connection repeats such a
  /// call by itself where that is harmless. A certificate that cannot be verified is never transient.
  bool transient = false;
};

template <class Value>
using ApiResult = Result<Value, ApiError>;

}  // namespace tallystick
#pragma GCC visibility pop
