#pragma once
#include <string>
#include <string_view>

namespace tallystick::client {

/// `base64url(SHA-256(verifier))`: the challenge S256 of RFC 7636, section 4.2.
[[nodiscard]] std::string code_challenge_of(std::string_view verifier);

}  // namespace tallystick::client
