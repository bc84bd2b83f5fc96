#pragma once
#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

#include "tallystick/client/api_error.hpp"
#include "tallystick/client/http_transport.hpp"

#pragma GCC visibility push(default)
namespace tallystick {

/// What one call has of its own.
struct CallOptions {
  std::stop_token stop{};                              ///< cancels it, wherever it is: waiting, pausing, under way
  Headers headers{};                                   ///< replace those of the configuration by name
  std::string correlation_id{};                        ///< sent as ININ-Correlation-Id; empty: a new UUID for each call
  std::optional<std::chrono::milliseconds> timeout{};  ///< of one attempt; absent: request_timeout
};

/// How a call went, whether it succeeded or not.
struct ResponseMetadata {
  int status = 0;                         ///< of the last attempt; 0: no answer
  Headers headers{};                      ///< of the last answer
  std::chrono::microseconds duration{0};  ///< of the whole call, attempts and pauses
  int attempts = 0;
  std::string correlation_id{};  ///< that was sent

  /// The first field of that name, compared without case.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

/// What a call came to, and how it went.
template <class Value>
struct ApiAnswer {
  ApiResult<Value> result;
  ResponseMetadata metadata{};
};

}  // namespace tallystick
#pragma GCC visibility pop
