#include "wire/kept_tokens.hpp"

#include "wire/codec.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(KeptTokens, (),
                      (base_url, token_address, client_id, secret_check, access_token, expires_at, refresh_token))

template std::string to_json<KeptTokens>(const KeptTokens&);
template Result<KeptTokens, DecodeFaults> from_json<KeptTokens>(std::string_view);

}  // namespace tallystick::wire
