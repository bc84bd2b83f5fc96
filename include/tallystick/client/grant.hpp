#pragma once
#include <string>
#include <variant>

#pragma GCC visibility push(default)
/// How a token is obtained (RFC 6749, RFC 7522, RFC 7636), in the forms that the published token address takes.
namespace tallystick {

/// A program for itself, with Configuration's client_id and client_secret.
struct ClientCredentials {
  friend bool operator==(const ClientCredentials&, const ClientCredentials&) = default;
};

/// A code that a person's browser brought to the redirect URI. It works once: with the token comes a refresh token, by
/// which later ones are obtained.
struct AuthorizationCode {
  std::string code{};
  std::string redirect_uri{};   ///< the one with which the code was asked for
  std::string code_verifier{};  ///< of PKCE; empty: the code was asked for without a challenge
  friend bool operator==(const AuthorizationCode&, const AuthorizationCode&) = default;
};

/// A refresh token from an earlier log-in. Services may give a new one with each token: keep it with a TokenStore.
struct RefreshToken {
  std::string refresh_token{};
  friend bool operator==(const RefreshToken&, const RefreshToken&) = default;
};

/// An assertion of an organization's identity provider about a person.
struct Saml2Bearer {
  std::string org_name{};
  std::string assertion{};  ///< base64, as the identity provider posts it
  friend bool operator==(const Saml2Bearer&, const Saml2Bearer&) = default;
};

/// A token that was obtained elsewhere. It cannot be renewed.
struct BearerToken {
  std::string access_token{};
  friend bool operator==(const BearerToken&, const BearerToken&) = default;
};

using Grant = std::variant<ClientCredentials, AuthorizationCode, RefreshToken, Saml2Bearer, BearerToken>;

}  // namespace tallystick
#pragma GCC visibility pop
