#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "tallystick/client/configuration.hpp"
#include "tallystick/client/http_transport.hpp"

/// What each grant sends to the token address and what comes back (RFC 6749, 7522 and 7636, as wire.md has them).
namespace tallystick::client {

/// Why the configuration's client and grant cannot obtain a token; absent: they can.
[[nodiscard]] std::optional<std::string> grant_fault(const Configuration& configuration);

/// Whether asking uses something up, a code, a refresh token or an assertion, so that an answer that is lost cannot be
/// asked for again.
[[nodiscard]] bool is_used_up(const Grant& grant);

/// The request of a grant, which is no BearerToken. A client that has a secret proves itself by HTTP Basic; one that
/// has none names itself in the body.
[[nodiscard]] HttpRequest token_request(const std::string& address, const Configuration& configuration,
                                        const Grant& grant);

struct IssuedTokens {
  std::string access_token;
  std::chrono::seconds life{0};
  std::string refresh_token;  ///< empty: none came
};
/// What an answer of the token address holds. `address`: for messages. Errors: a refusal, of kind log_in where it is
/// invalid_grant; of kind answer what is no bearer token that a header can carry.
[[nodiscard]] ApiResult<IssuedTokens> issued_tokens(const HttpResponse& response, const std::string& address);

/// Whether a header field can carry it.
[[nodiscard]] bool is_bearer_token(std::string_view token);

}  // namespace tallystick::client
