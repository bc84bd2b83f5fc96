#pragma once
#include <string>
#include <string_view>

#include "saml/xml_document.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::saml {

/// Readies xmlsec, once for the process, at the latest with the first signature. False: the library that is installed
/// does not fit, or lacks OpenSSL. Any thread.
[[nodiscard]] bool prepare_xmlsec();

/// Verifies the signature that the element carries as a child, with the key of the certificate alone, and returns the
/// very bytes that were signed: the canonical form of the element without its signature. Whoever reads these cannot be
/// shown something else than what was signed. The failure says why, for the log.
/// `element` must have an ID that is unique in its document. Any thread; the document is marked by it.
[[nodiscard]] Result<std::string, std::string> signed_bytes(const Document& document, const Element& element,
                                                            std::string_view certificate);

}  // namespace tallystick::saml
