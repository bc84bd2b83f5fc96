#pragma once
#include <string>
#include <string_view>

#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// The one certificate that an operator gives for an identity provider, as PEM or as the base64 of its metadata, in one
/// form: PEM. Its key must be one that signatures are verified with (saml::verify): RSA of 2,048 bits and more, or of
/// an elliptic curve. Who issued it and until when it is good is not looked at. The failure reads after the name of a
/// key.
[[nodiscard]] Result<std::string, std::string> read_certificate(std::string_view text);

}  // namespace tallystick::app
