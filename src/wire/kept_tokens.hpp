#pragma once
#include <optional>
#include <string>

#include "tallystick/core/time.hpp"
#include "tallystick/wire/json.hpp"

namespace tallystick::wire {

/// A file in which a program keeps the tokens of one client of one service.
struct KeptTokens {
  std::string base_url;
  std::string token_address;
  std::string client_id;
  std::string secret_check;  ///< a few bits of a hash: by which a changed secret is noticed
  std::string access_token;
  core::TimePoint expires_at;
  std::optional<std::string> refresh_token;
  UnknownFields unknown;
  friend bool operator==(const KeptTokens&, const KeptTokens&) = default;
};

}  // namespace tallystick::wire
