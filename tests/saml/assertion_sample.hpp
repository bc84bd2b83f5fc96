#pragma once
#include <string>
#include <string_view>

#include "saml/assertion.hpp"
#include "saml/identity_provider.hpp"

namespace tallystick::test {

/// An Assertion that is good at `sample_now`, with a place for its signature.
inline constexpr std::string_view unsigned_assertion =
    R"(<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a1" Version="2.0")"
    R"( IssueInstant="2026-04-01T10:00:00Z"><saml:Issuer>https://idp.example.com</saml:Issuer>)"
    R"(<!--signature--><saml:Subject>)"
    R"(<saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">ana@example.com</saml:NameID>)"
    R"(<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">)"
    R"(<saml:SubjectConfirmationData NotOnOrAfter="2026-04-01T10:05:00Z")"
    R"( Recipient="https://billing.example.com/oauth/token"/></saml:SubjectConfirmation></saml:Subject>)"
    R"(<saml:Conditions NotBefore="2026-04-01T09:59:00Z" NotOnOrAfter="2026-04-01T10:10:00Z">)"
    R"(<saml:AudienceRestriction><saml:Audience>https://billing.example.com</saml:Audience></saml:AudienceRestriction>)"
    R"(</saml:Conditions><saml:AuthnStatement AuthnInstant="2026-04-01T10:00:00Z"><saml:AuthnContext>)"
    R"(<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>)"
    R"(</saml:AuthnContext></saml:AuthnStatement></saml:Assertion>)";

inline const core::TimePoint sample_now = core::parse_time("2026-04-01T10:02:00Z").value();

/// With an empty Signature in its place.
inline std::string with_signature_place(std::string assertion, const SignatureForm& form = {}) {
  return replaced(std::move(assertion), "<!--signature-->", signature_over("_a1", form));
}

/// A Response around it.
inline std::string response_around(std::string_view inside) {
  return R"(<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r1" Version="2.0")"
         R"( IssueInstant="2026-04-01T10:00:00Z"><samlp:Status><samlp:StatusCode)"
         R"( Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>)" +
         std::string(inside) + "</samlp:Response>";
}

/// Without the line that says it is XML, to stand inside another document.
inline std::string without_declaration(std::string xml) {
  return xml.starts_with("<?xml") ? xml.substr(xml.find("?>") + 3) : xml;
}

/// What `sample_now` and the sample's addresses expect.
inline saml::Expectation expecting(const IdentityProvider& issuer) {
  return {.certificate = issuer.certificate(),
          .audience = "https://billing.example.com",
          .token_address = "https://billing.example.com/oauth/token",
          .now = sample_now};
}

/// One for all tests of the program: a key takes long to make.
inline const IdentityProvider& identity_provider() {
  static const IdentityProvider made;
  return made;
}
inline const IdentityProvider& other_identity_provider() {
  static const IdentityProvider made;
  return made;
}

inline std::string signed_assertion() {
  return without_declaration(identity_provider().sign(with_signature_place(std::string(unsigned_assertion))));
}

/// The failure, or the subject where there is none.
inline std::string why_refused(std::string_view xml,
                               const saml::Expectation& expected = expecting(identity_provider())) {
  const auto verified = saml::verify(xml, expected);
  return verified ? "believed: " + verified->subject : verified.error();
}

}  // namespace tallystick::test
