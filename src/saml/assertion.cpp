#include "saml/assertion.hpp"

#include <cstddef>
#include <optional>

#include "saml/claims.hpp"
#include "saml/signature.hpp"
#include "saml/xml_document.hpp"

namespace tallystick::saml {
namespace {

constexpr QualifiedName assertion_name{.space = assertion_namespace, .local = "Assertion"};
constexpr std::size_t issuer_bytes_max = 1'024;

/// The one Assertion: the document itself, or a child of the Response that the document is. Names are compared without
/// their namespace where they must not occur, so that nothing hides behind a foreign one.
Result<Element, std::string> only_assertion(const Document& document) {
  std::size_t assertions = 0;
  bool has_encrypted = false;
  document.root().each_below([&](const Element& element) {
    if (element.local_name() == "Assertion") ++assertions;
    if (element.local_name() == "EncryptedAssertion" || element.local_name() == "EncryptedID") has_encrypted = true;
  });
  if (has_encrypted) return fail(std::string("it is encrypted; let the identity provider sign, not encrypt"));
  if (assertions == 0) return fail(std::string("it has no Assertion"));
  if (assertions > 1) return fail(std::string("it has more than one Assertion"));
  const Element root = document.root();
  if (root.is(assertion_name)) return root;
  const auto child = root.only_child(assertion_name);
  if (!root.is({.space = protocol_namespace, .local = "Response"}) || !child) {
    return fail(std::string("it is neither an Assertion nor a Response around one"));
  }
  return *child;
}

}  // namespace

Result<std::string, std::string> issuer_of(std::string_view xml) {
  const auto document = Document::parse(xml);
  if (!document) return fail(document.error());
  const auto assertion = only_assertion(*document);
  if (!assertion) return fail(assertion.error());
  const auto issuer = assertion->only_child({.space = assertion_namespace, .local = "Issuer"});
  auto text = issuer ? issuer->text() : std::nullopt;
  if (!text || text->empty()) return fail(std::string("it must have one Issuer"));
  // It is named in logs before anybody vouched for it. SAML core, section 8.3.6, has the same limit.
  if (text->size() > issuer_bytes_max) return fail(std::string("its Issuer is longer than an entity's name may be"));
  return *std::move(text);
}

Result<Assertion, std::string> verify(std::string_view xml, const Expectation& expected) {
  const auto document = Document::parse(xml);
  if (!document) return fail(document.error());
  const auto assertion = only_assertion(*document);
  if (!assertion) return fail(assertion.error());
  const auto bytes = signed_bytes(*document, *assertion, expected.certificate);
  if (!bytes) return fail(bytes.error());
  // From here on nothing is read but what was signed.
  const auto believed = Document::parse(*bytes);
  if (!believed) return fail(believed.error());
  if (!believed->root().is(assertion_name)) return fail(std::string("what is signed is not an Assertion"));
  return believe(believed->root(), expected);
}

}  // namespace tallystick::saml
