#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "tallystick/wire/json.hpp"

#pragma GCC visibility push(default)
namespace tallystick::wire {

/// The answer of POST /oauth/token (RFC 6749, section 5.1). Its names are snake_case on the wire.
struct AccessToken {
  std::string access_token;
  std::string token_type;       ///< "bearer"
  std::int64_t expires_in = 0;  ///< seconds
  std::optional<std::string> refresh_token;
  UnknownFields unknown;
  friend bool operator==(const AccessToken&, const AccessToken&) = default;
};

/// The refusal of POST /oauth/token (RFC 6749, section 5.2, and `description` as published clients read it).
struct TokenError {
  std::string error;
  std::optional<std::string> description;
  std::optional<std::string> error_description;
  UnknownFields unknown;
  friend bool operator==(const TokenError&, const TokenError&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
