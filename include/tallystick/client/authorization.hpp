#pragma once
#include <string>
#include <string_view>

#include "tallystick/client/api_error.hpp"

#pragma GCC visibility push(default)
/// What a program needs to send a person to the log-in page and to take the answer (RFC 6749, section 4.1; RFC 7636).
namespace tallystick {

/// A verifier, which stays here, and its S256 challenge, which goes to the log-in page.
struct Pkce {
  std::string verifier{};   ///< 43 characters of base64url: 256 bits of libsodium's generator
  std::string challenge{};  ///< base64url(SHA-256(verifier))
};
[[nodiscard]] Pkce make_pkce();

/// 128 unpredictable bits as base64url: a `state` that ties the answer to the question.
[[nodiscard]] std::string make_state();

/// What the log-in page is asked for.
struct AuthorizationRequest {
  std::string client_id{};
  std::string redirect_uri{};
  std::string state{};
  std::string code_challenge{};  ///< empty: without PKCE
};
/// Where the person's browser goes: `/oauth/authorize` beside the token address, with the query.
[[nodiscard]] std::string authorization_url(std::string_view token_address, const AuthorizationRequest& request);

/// The code of a redirect's query (`code=…&state=…`). Errors of kind answer: another state than the expected one, or
/// none; of kind status with RFC 6749's name as `code` where the person or the service refused.
[[nodiscard]] ApiResult<std::string> code_of_redirect(std::string_view query, std::string_view expected_state);

}  // namespace tallystick
#pragma GCC visibility pop
