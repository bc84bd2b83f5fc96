#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>

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

/// A token for the client itself (RFC 6749, section 4.4).
struct ClientGrant {};
/// Tokens for a person who logged in on the log-in page (section 4.1.3; RFC 7636).
struct CodeGrant {
  std::string code;
  std::string redirect_uri;
  std::string code_verifier;  ///< empty: none
};
/// New tokens for a refresh token (section 6).
struct RefreshGrant {
  std::string refresh_token;
};
/// A token for a person whom an identity provider names (RFC 7522).
struct AssertionGrant {
  std::string org_name;
  std::string xml;
};
using TokenGrant = std::variant<ClientGrant, CodeGrant, RefreshGrant, AssertionGrant>;

/// A client that asks for tokens.
struct TokenRequest {
  /// As RFC 6749, section 2.3.1 has them: form-encoded inside Basic. An empty secret proves nothing, which is for
  /// grants of people alone.
  ClientCredentials credentials;
  /// The same without form decoding, where that differs: published clients send `id:secret` as they are, so a secret
  /// with `%` or `+` in it is tried in this form too.
  std::optional<ClientCredentials> as_sent;
  TokenGrant grant;
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

/// Reads the `assertion` of a form: base64 or base64url, in lines or not, where a `+` that nobody encoded arrived as a
/// space. Absent: anything else.
[[nodiscard]] std::optional<std::string> decode_assertion(std::string_view text);

/// Wrong credentials, or none.
[[nodiscard]] TokenRefusal invalid_client(const Request& request);

/// Reads POST /oauth/token.
[[nodiscard]] Result<TokenRequest, TokenRefusal> read_token_request(const Request& request);

}  // namespace tallystick::server
