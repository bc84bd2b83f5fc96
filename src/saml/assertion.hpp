#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "tallystick/core/result.hpp"
#include "tallystick/core/time.hpp"

/// Assertions of identity providers (SAML 2.0; as a grant, RFC 7522). The only room that knows XML.
namespace tallystick::saml {

/// What an assertion says, once everything about it was checked.
struct Assertion {
  std::string id;           ///< to recognize it when it is shown again
  std::string issuer;       ///< the entity id of the identity provider
  std::string subject;      ///< the NameID: the person's email address
  core::TimePoint expires;  ///< from then on `verify` refuses it; the skew is in it
};

/// How far the clock of an identity provider may be off, either way.
inline constexpr std::chrono::minutes clock_skew{2};

/// Who says it, read before it is believed: which certificate it must be checked with.
[[nodiscard]] Result<std::string, std::string> issuer_of(std::string_view xml);

struct Expectation {
  std::string_view certificate;    ///< PEM, of the issuer
  std::string_view audience;       ///< one of the audiences that the assertion must name
  std::string_view token_address;  ///< the Recipient that a bearer confirmation must name
  core::TimePoint now;
};
/// An Assertion, or a Response around exactly one. Believed only where the signature of the issuer's key (RSA or ECDSA
/// with SHA-256 or better, enveloped, exclusive canonicalization) covers the very element that is read; where it is
/// now valid (clock_skew is forgiven), meant for this audience, and confirmed as bearer for this token address. All of
/// it is read from the very bytes that were signed. The certificate is the wrapping of a key that an operator trusts:
/// its dates and who signed it do not matter (docs/adr/0021). A document type, an entity, a second assertion, an
/// encrypted or unsigned one are refused. The failure says why, for the log; the client is told invalid_grant.
[[nodiscard]] Result<Assertion, std::string> verify(std::string_view xml, const Expectation& expected);

}  // namespace tallystick::saml
