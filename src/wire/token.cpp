#include "tallystick/wire/token.hpp"

#include "wire/codec.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(AccessToken, (), (access_token, token_type, expires_in, refresh_token))
BOOST_DESCRIBE_STRUCT(TokenError, (), (error, description, error_description))

template <>
inline constexpr bool is_snake_case_on_wire<AccessToken> = true;
template <>
inline constexpr bool is_snake_case_on_wire<TokenError> = true;

template std::string to_json<AccessToken>(const AccessToken&);
template Result<AccessToken, DecodeFaults> from_json<AccessToken>(std::string_view);
template std::string to_json<TokenError>(const TokenError&);
template Result<TokenError, DecodeFaults> from_json<TokenError>(std::string_view);

}  // namespace tallystick::wire
