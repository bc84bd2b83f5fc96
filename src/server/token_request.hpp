#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/exchange.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::server {

/// Reads base64 (RFC 4648, section 4), with or without its padding. Absent: anything else.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

struct ClientCredentials {
  std::string id;
  std::string secret;
  friend bool operator==(const ClientCredentials&, const ClientCredentials&) = default;
};

/// A client that asks for a token for itself (grant client_credentials).
struct TokenRequest {
  /// As RFC 6749, section 2.3.1 has them: form-encoded inside Basic.
  ClientCredentials credentials;
  /// The same without form decoding, where that differs: published clients send `id:secret` as they are, so a secret
  /// with `%` or `+` in it is tried in this form too.
  std::optional<ClientCredentials> as_sent;
};

/// A refusal in the form of RFC 6749, section 5.2.
struct TokenRefusal {
  int status = 400;
  std::string_view error;
  std::string_view description;
  bool challenges_basic = false;  ///< the client tried Basic, so the answer names that scheme
};

/// Whether the client authenticates with Basic.
[[nodiscard]] bool uses_basic(const Request& request);

/// Wrong credentials, or none.
[[nodiscard]] TokenRefusal invalid_client(const Request& request);

/// Reads POST /oauth/token.
[[nodiscard]] Result<TokenRequest, TokenRefusal> read_token_request(const Request& request);

}  // namespace tallystick::server
