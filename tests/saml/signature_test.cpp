#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "saml/assertion_sample.hpp"

namespace tallystick::test {
namespace {

using testing::HasSubstr;

constexpr std::string_view malformed = "the signature is malformed, for another kind of key, or uses what is not taken";

std::string sign_in_form(const SignatureForm& form) {
  return identity_provider().sign(with_signature_place(std::string(unsigned_assertion), form));
}

TEST(Signature, GoodAlgorithmsAreTaken) {
  const IdentityProvider p256(IdentityProvider::Key::p256);
  const IdentityProvider p384(IdentityProvider::Key::p384);
  const std::string more = "http://www.w3.org/2001/04/xmldsig-more#";
  const struct {
    const IdentityProvider& issuer;
    SignatureForm form;
  } rows[] = {
      {identity_provider(), {}},
      {identity_provider(), {.method = more + "rsa-sha384", .digest = more + "sha384"}},
      {identity_provider(), {.method = more + "rsa-sha512", .digest = "http://www.w3.org/2001/04/xmlenc#sha512"}},
      {identity_provider(), {.canonical = std::string(exclusive_c14n) + "WithComments"}},
      {p256, {.method = more + "ecdsa-sha256"}},
      {p384, {.method = more + "ecdsa-sha384"}},
      {p256, {.method = more + "ecdsa-sha512"}},
  };
  for (const auto& row : rows) {
    const std::string xml = row.issuer.sign(with_signature_place(std::string(unsigned_assertion), row.form));
    EXPECT_EQ(why_refused(xml, expecting(row.issuer)), "believed: ana@example.com") << row.form.method;
  }
}

TEST(Signature, WeakOrPowerfulAlgorithmsAreRefused) {
  const std::string dsig = "http://www.w3.org/2000/09/xmldsig#";
  const std::string xpath =
      R"(<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>1=1</ds:XPath></ds:Transform>)";
  const struct {
    std::string_view what;
    SignatureForm form;
  } rows[] = {
      {"signed with SHA-1", {.method = dsig + "rsa-sha1"}},
      {"digested with SHA-1", {.digest = dsig + "sha1"}},
      {"digested with MD5", {.digest = "http://www.w3.org/2001/04/xmldsig-more#md5"}},
      {"inclusive canonical form", {.canonical = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"}},
      {"XPath", {.inside_transforms = xpath}},
  };
  for (const auto& row : rows) EXPECT_THAT(why_refused(sign_in_form(row.form)), HasSubstr(malformed)) << row.what;

  const std::string hmac = with_signature_place(std::string(unsigned_assertion),
                                                {.method = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"});
  EXPECT_THAT(why_refused(sign_with_shared_secret(hmac, identity_provider().certificate())), HasSubstr(malformed));
}

TEST(Signature, OnlyTheIssuersKeyCounts) {
  const std::string& theirs = other_identity_provider().certificate();
  const std::size_t begin = theirs.find('\n') + 1;
  const std::string key_info = "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>" +
                               theirs.substr(begin, theirs.find("-----END") - begin) +
                               "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>";
  for (const std::string& after_value : {std::string(), key_info}) {
    const std::string place = with_signature_place(std::string(unsigned_assertion), {.after_value = after_value});
    EXPECT_THAT(why_refused(other_identity_provider().sign(place)), HasSubstr("not made with the key"));
    EXPECT_EQ(why_refused(identity_provider().sign(place)), "believed: ana@example.com")
        << "what KeyInfo says does not matter";
  }
  const IdentityProvider elliptic(IdentityProvider::Key::p256);
  EXPECT_THAT(why_refused(signed_assertion(), expecting(elliptic)), HasSubstr(malformed));

  saml::Expectation expected = expecting(identity_provider());
  for (const std::string_view certificate :
       {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}) {
    expected.certificate = certificate;
    EXPECT_THAT(why_refused(signed_assertion(), expected), HasSubstr("certificate cannot be read"));
  }
}

TEST(Signature, MustBeThereAndWhole) {
  const std::string good = signed_assertion();
  const std::size_t begin = good.find("<ds:Signature ");
  const std::size_t size = good.find("</ds:Signature>") + 15 - begin;
  const std::string signature = good.substr(begin, size);
  EXPECT_THAT(why_refused(std::string(unsigned_assertion)), HasSubstr("must have one signature"));
  EXPECT_THAT(why_refused(with_signature_place(std::string(unsigned_assertion))), HasSubstr(malformed));
  EXPECT_THAT(why_refused(replaced(good, signature, signature + signature)), HasSubstr("must have one signature"));
  EXPECT_THAT(why_refused(replaced(good, "<ds:SignedInfo>", "<ds:SignedInfo/><ds:SignedInfo>")),
              HasSubstr("must refer to one element"));
  EXPECT_THAT(why_refused(replaced(good, "<ds:Reference ", "<ds:Reference URI=\"\"/><ds:Reference ")),
              HasSubstr("must refer to one element"));
  EXPECT_THAT(why_refused(replaced(good, "</ds:Signature>", "<ds:Object/></ds:Signature>")),
              HasSubstr("contains objects"));
  const std::string only_response = identity_provider().sign(
      replaced(response_around(unsigned_assertion), "<samlp:Status>", signature_over("_r1") + "<samlp:Status>"));
  EXPECT_THAT(why_refused(only_response), HasSubstr("must have one signature")) << "the assertion itself is not signed";
}

TEST(Signature, WhatWasAlteredAfterwardsIsRefused) {
  const std::string good = signed_assertion();
  for (const auto& [from, to] :
       {std::pair("ana@example.com", "eva@example.com"), std::pair("10:10:00Z", "23:10:00Z"),
        std::pair("Version=\"2.0\"", "Version=\"2.0\" more=\"\""), std::pair("<saml:Subject>", "<saml:Subject> ")}) {
    EXPECT_THAT(why_refused(replaced(good, from, to)), HasSubstr("altered after it was signed")) << to;
  }
  EXPECT_THAT(why_refused(replaced(good, "<ds:SignatureValue>", "<ds:SignatureValue>AAAA")),
              HasSubstr("not made with the key"));
}

TEST(Signature, ReferencesReachNothingElse) {
  const std::string good = signed_assertion();
  for (const std::string_view uri : {"", "file:///etc/passwd", "http://127.0.0.1:9/", "#xpointer(/)",
                                     "#xpointer(id('_a1'))", "#_a2", "_a1", "# _a1"}) {
    const std::string why = why_refused(replaced(good, "URI=\"#_a1\"", "URI=\"" + std::string(uri) + "\""));
    EXPECT_FALSE(why.starts_with("believed")) << uri;
  }
  for (const std::string_view id : {"", "1a", "a b", "a')or('", "ä"}) {
    const std::string named = replaced(std::string(unsigned_assertion), "ID=\"_a1\"", "ID=\"" + std::string(id) + "\"");
    EXPECT_THAT(why_refused(with_signature_place(named)), HasSubstr("not a name")) << id;
  }
}

}  // namespace
}  // namespace tallystick::test
