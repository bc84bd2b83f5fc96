#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "saml/assertion_sample.hpp"
#include "saml/signature.hpp"
#include "saml/xml_document.hpp"

/// Signature wrapping (Somorovsky et al., "On Breaking SAML: Be Whoever You Want to Be", variants XSW1 to XSW8): the
/// signed element is moved to where a verifier finds it by its ID, and a forged one stands where claims are read.
namespace tallystick::test {
namespace {

using testing::HasSubstr;

struct Wrapped {
  std::string_view name;
  std::string xml;
};

/// A signed assertion, its parts, and a forged one with the same or another ID.
struct Parts {
  std::string whole = signed_assertion();
  std::string signature =
      whole.substr(whole.find("<ds:Signature "), whole.find("</ds:Signature>") + 15 - whole.find("<ds:Signature "));
  std::string bare = replaced(whole, signature, "");

  /// Claims another subject; `inside` stands where a signature would.
  [[nodiscard]] static std::string forged(std::string_view id, std::string_view inside) {
    std::string made = replaced(std::string(unsigned_assertion), "ana@example.com", "root@example.com");
    made = replaced(made, "ID=\"_a1\"", "ID=\"" + std::string(id) + "\"");
    return replaced(made, "<!--signature-->", inside);
  }
  [[nodiscard]] std::string signature_around(std::string_view inside) const {
    return replaced(signature, "</ds:Signature>", std::string(inside) + "</ds:Signature>");
  }
};

std::vector<Wrapped> variants(std::string_view forged_id) {
  const Parts parts;
  const std::string whole_response = without_declaration(identity_provider().sign(
      replaced(response_around(unsigned_assertion), "<samlp:Status>", signature_over("_r1") + "<samlp:Status>")));
  const std::size_t begin = whole_response.find("<ds:Signature ");
  const std::string response_signature =
      whole_response.substr(begin, whole_response.find("</ds:Signature>") + 15 - begin);
  const std::string bare_response = replaced(whole_response, response_signature, "");
  const std::string around =
      replaced(response_signature, "</ds:Signature>", "<ds:Object>" + bare_response + "</ds:Object></ds:Signature>");
  const auto forged = [&](std::string_view inside) { return Parts::forged(forged_id, inside); };
  return {
      {"XSW1", replaced(response_around(forged("")), "<samlp:Status>", around + "<samlp:Status>")},
      {"XSW2",
       replaced(response_around(forged("")), "<samlp:Status>", response_signature + bare_response + "<samlp:Status>")},
      {"XSW3", response_around(forged("") + parts.whole)},
      {"XSW4", response_around(forged(parts.whole))},
      {"XSW5", response_around(forged(parts.signature) + parts.bare)},
      {"XSW6", response_around(forged(parts.signature_around(parts.bare)))},
      {"XSW7", response_around("<samlp:Extensions>" + forged("") + "</samlp:Extensions>" + parts.whole)},
      {"XSW8", response_around(forged(parts.signature_around("<ds:Object>" + parts.bare + "</ds:Object>")))},
  };
}

TEST(Wrapping, EveryVariantIsRefused) {
  for (const std::string_view id : {"_a1", "_evil"}) {
    for (const Wrapped& wrapped : variants(id)) {
      EXPECT_THAT(why_refused(wrapped.xml), HasSubstr("more than one Assertion")) << wrapped.name << " " << id;
    }
  }
}

/// The same without the rule that there is one Assertion: each assertion of each variant is taken for the one that is
/// read, and never gives the forged subject.
TEST(Wrapping, SignedBytesAreNeverForgedOnes) {
  int asked = 0;
  int verified = 0;
  for (const std::string_view id : {"_a1", "_evil"}) {
    for (const Wrapped& wrapped : variants(id)) {
      const auto first_reading = saml::Document::parse(wrapped.xml);
      ASSERT_TRUE(first_reading) << wrapped.name;
      std::size_t assertions = 0;
      first_reading->root().each_below(
          [&](const saml::Element& each) { assertions += each.local_name() == "Assertion"; });
      ASSERT_EQ(assertions, 2U) << wrapped.name;
      for (std::size_t chosen = 0; chosen < assertions; ++chosen) {
        const auto document = saml::Document::parse(wrapped.xml);
        std::vector<saml::Element> found;
        document->root().each_below([&](const saml::Element& each) {
          if (each.local_name() == "Assertion") found.push_back(each);
        });
        const auto bytes = saml::signed_bytes(*document, found[chosen], identity_provider().certificate());
        if (bytes) {
          ++verified;
          EXPECT_EQ(bytes->find("root@example.com"), std::string::npos) << wrapped.name;
        }
        ++asked;
      }
    }
  }
  EXPECT_EQ(asked, 32);
  // The honest assertion itself, where it is whole and its ID is its own: in XSW3, XSW4 and XSW7.
  EXPECT_EQ(verified, 3);
}

TEST(Wrapping, ASignatureOfAnotherElementProvesNothing) {
  const Parts parts;
  const std::string xml = "<all>" + Parts::forged("_evil", parts.signature) + parts.bare + "</all>";
  const auto document = saml::Document::parse(xml);
  ASSERT_TRUE(document);
  const saml::Element forged = document->root().children().front();
  // The ID that the signature names is not known: only that of the element which is to be read was made findable.
  EXPECT_FALSE(saml::signed_bytes(*document, forged, identity_provider().certificate()));
}

TEST(Wrapping, AnIdMustBeUnique) {
  for (const std::string_view attribute : {"ID", "Id", "id", "xml:id", "saml:ID"}) {
    const std::string twin =
        "<twin xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" " + std::string(attribute) + "=\"_a1\"/>";
    EXPECT_THAT(why_refused(response_around(twin + signed_assertion())), HasSubstr("more than once")) << attribute;
    EXPECT_THAT(why_refused(response_around(signed_assertion() + twin)), HasSubstr("more than once")) << attribute;
  }
}

/// What xmlsec reads by its local name must not be another attribute than the one that is looked at.
TEST(Wrapping, AttributesOfForeignNamespacesDoNotHideOurs) {
  const std::string place = with_signature_place(std::string(unsigned_assertion));
  const std::string hidden_id = replaced(place, " ID=\"_a1\"", " xmlns:x=\"urn:x\" x:ID=\"_b1\" ID=\"_a1\"");
  EXPECT_EQ(why_refused(identity_provider().sign(hidden_id)), "believed: ana@example.com");
  const std::string good = signed_assertion();
  EXPECT_FALSE(why_refused(replaced(good, "URI=\"#_a1\"", "xmlns:x=\"urn:x\" x:URI=\"#_b1\" URI=\"#_a1\""))
                   .starts_with("believed"))
      << "SignedInfo was altered";
}

}  // namespace
}  // namespace tallystick::test
