#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "app/person_grants.hpp"
#include "server/query.hpp"
#include "tallystick/core/result.hpp"

/// The text of what a client asks of a person, and of how she is sent back to it (RFC 6749, section 4.1).
namespace tallystick::server {

struct AuthorizeRequest {
  app::PersonGrants::AuthorizationRequest asked;
  std::optional<std::string> state;  ///< the client's, to be given back as it is
};

/// Reads the query of /oauth/authorize; what else is in it (published clients send `org` and `provider`) is ignored.
/// The failure is a sentence for the person.
[[nodiscard]] Result<AuthorizeRequest, std::string> read_authorize_request(const Query& query);

/// Where the person's browser goes: the redirect URI with these parameters, then the state.
[[nodiscard]] std::string address_back(const AuthorizeRequest& request,
                                       std::initializer_list<std::pair<std::string_view, std::string_view>> parameters);

}  // namespace tallystick::server
