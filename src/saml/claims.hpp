#pragma once
#include <string>

#include "saml/assertion.hpp"
#include "saml/xml_document.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::saml {

/// Reads an Assertion whose signature was verified, and whether it is meant for us, now (RFC 7522, section 3). The
/// failure says why not, for the log.
[[nodiscard]] Result<Assertion, std::string> believe(const Element& assertion, const Expectation& expected);

}  // namespace tallystick::saml
