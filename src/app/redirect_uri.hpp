#pragma once
#include <string_view>

namespace tallystick::app {

/// Whether a client may register a URI to be redirected to: absolute, https, or http to this very machine (127.0.0.1,
/// [::1] or localhost), of visible ASCII, without user information, backslash or fragment (RFC 6749, section 3.1.2).
[[nodiscard]] bool is_redirect_uri(std::string_view text);

/// Whether a client that registered one URI may ask to be redirected to the other: the same to the letter, but for the
/// port of http to this very machine, which native applications are given by chance (RFC 8252, section 7.3).
[[nodiscard]] bool matches_redirect_uri(std::string_view registered, std::string_view asked);

}  // namespace tallystick::app
