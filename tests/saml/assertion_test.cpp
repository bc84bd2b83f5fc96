#include "saml/assertion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "saml/assertion_sample.hpp"

namespace tallystick::test {
namespace {

using testing::HasSubstr;

std::string sign_changed(std::string_view from, std::string_view to) {
  return identity_provider().sign(with_signature_place(replaced(std::string(unsigned_assertion), from, to)));
}

TEST(Assertion, AGoodOneIsRead) {
  for (const std::string& xml : {signed_assertion(), response_around(signed_assertion()),
                                 "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + signed_assertion()}) {
    const auto verified = saml::verify(xml, expecting(identity_provider()));
    ASSERT_TRUE(verified) << verified.error();
    EXPECT_EQ(verified->id, "_a1");
    EXPECT_EQ(verified->issuer, "https://idp.example.com");
    EXPECT_EQ(verified->subject, "ana@example.com");
    // The confirmation ends at 10:05, before the conditions at 10:10; the skew is two minutes.
    EXPECT_EQ(core::to_string(verified->expires), "2026-04-01T10:07:00.000Z");
    EXPECT_EQ(saml::issuer_of(xml).value(), "https://idp.example.com");
  }
}

TEST(Assertion, TheResponseMayBeSignedToo) {
  const std::string outer =
      replaced(response_around(signed_assertion()), "<samlp:Status>", signature_over("_r1") + "<samlp:Status>");
  EXPECT_EQ(why_refused(identity_provider().sign(outer)), "believed: ana@example.com");
}

TEST(Assertion, IsRefusedForWhatItSays) {
  const struct {
    std::string_view what;
    std::string_view from;
    std::string_view to;
    std::string_view why;
  } rows[] = {
      {"expired", "2026-04-01T10:05:00Z", "2026-04-01T10:00:00Z", "it expired at 2026-04-01T10:00:00.000Z"},
      {"its conditions expired", "2026-04-01T10:10:00Z", "2026-04-01T09:59:30Z", "it expired at"},
      {"not yet valid", "NotBefore=\"2026-04-01T09:59:00Z\"", "NotBefore=\"2026-04-01T10:04:00.001Z\"",
       "it is not valid before"},
      {"a confirmation not yet valid", "<saml:SubjectConfirmationData ",
       "<saml:SubjectConfirmationData NotBefore=\"2026-04-01T11:00:00Z\" ", "it is not valid before"},
      {"of the future", "IssueInstant=\"2026-04-01T10:00:00Z\"", "IssueInstant=\"2026-04-01T10:30:00Z\"",
       "it was issued in the future"},
      {"no time of issue", " IssueInstant=\"2026-04-01T10:00:00Z\"", "", "it has no IssueInstant"},
      {"a time that is none", "NotOnOrAfter=\"2026-04-01T10:10:00Z\"", "NotOnOrAfter=\"tomorrow\"",
       "NotOnOrAfter is not a time"},
      {"no end of the confirmation", " NotOnOrAfter=\"2026-04-01T10:05:00Z\"", "", "has no NotOnOrAfter"},
      {"an end in another namespace", " NotOnOrAfter=\"2026-04-01T10:05:00Z\"",
       " saml:NotOnOrAfter=\"2026-04-01T10:05:00Z\"", "has no NotOnOrAfter"},
      {"another audience", ">https://billing.example.com<", ">https://elsewhere.example.com<",
       "its audience is another than https://billing.example.com"},
      {"an audience that begins alike", ">https://billing.example.com<", ">https://billing.example.com.evil.com<",
       "its audience is another"},
      {"a second restriction that leaves us out", "</saml:Conditions>",
       "<saml:AudienceRestriction><saml:Audience>https://elsewhere.example.com</saml:Audience>"
       "</saml:AudienceRestriction></saml:Conditions>",
       "its audience is another"},
      {"no audience",
       "<saml:AudienceRestriction><saml:Audience>https://billing.example.com</saml:Audience></"
       "saml:AudienceRestriction>",
       "", "it names no audience"},
      {"a condition that nobody knows", "</saml:Conditions>", "<saml:Condition/></saml:Conditions>",
       "a condition that is not known: Condition"},
      {"two Conditions", "<saml:AuthnStatement ", "<saml:Conditions/><saml:AuthnStatement ", "one Conditions"},
      {"another recipient", "https://billing.example.com/oauth/token", "https://elsewhere.example.com/oauth/token",
       "its recipient is another than https://billing.example.com/oauth/token"},
      {"no recipient", " Recipient=\"https://billing.example.com/oauth/token\"", "", "its recipient is another"},
      {"another confirmation", "cm:bearer", "cm:holder-of-key", "another method than bearer"},
      {"SAML 1.1", "Version=\"2.0\"", "Version=\"1.1\"", "not of SAML 2.0"},
      {"an empty NameID", "ana@example.com", "", "one NameID"},
      {"a NameID of spaces", "ana@example.com", " \n ", "one NameID"},
      {"a NameID with an element", "ana@example.com", "ana@<b/>example.com", "one NameID"},
      {"two NameIDs", "<saml:SubjectConfirmation ",
       "<saml:NameID>root@example.com</saml:NameID><saml:SubjectConfirmation ", "one NameID"},
      {"two Subjects", "<saml:Conditions", "<saml:Subject><saml:NameID>b</saml:NameID></saml:Subject><saml:Conditions",
       "one NameID"},
      {"no Issuer", "<saml:Issuer>https://idp.example.com</saml:Issuer>", "", "one Issuer"},
      {"two Issuers", "<saml:Subject>", "<saml:Issuer>b</saml:Issuer><saml:Subject>", "one Issuer"},
      {"an encrypted subject", "<saml:AuthnStatement ", "<saml:EncryptedID/><saml:AuthnStatement ", "encrypted"},
  };
  for (const auto& row : rows) {
    EXPECT_THAT(why_refused(sign_changed(row.from, row.to)), HasSubstr(row.why)) << row.what;
  }
}

TEST(Assertion, IsTakenInTheFormsThatProvidersSend) {
  const struct {
    std::string_view what;
    std::string_view from;
    std::string_view to;
  } rows[] = {
      {"expired within the skew", "2026-04-01T10:05:00Z", "2026-04-01T10:00:00.001Z"},
      {"not yet valid within the skew", "NotBefore=\"2026-04-01T09:59:00Z\"", "NotBefore=\"2026-04-01T10:04:00Z\""},
      {"no end of the conditions", " NotOnOrAfter=\"2026-04-01T10:10:00Z\"", ""},
      {"several audiences", "<saml:Audience>",
       "<saml:Audience>https://elsewhere.example.com</saml:Audience><saml:Audience>"},
      {"spaces around the audience", ">https://billing.example.com<", ">\n  https://billing.example.com\n<"},
      {"to be used once", "</saml:Conditions>", "<saml:OneTimeUse/></saml:Conditions>"},
      {"a further confirmation that does not hold", "<saml:SubjectConfirmation ",
       "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:holder-of-key\"/><saml:SubjectConfirmation "},
      {"CDATA", "ana@example.com", "<![CDATA[ana@]]>example.com"},
      {"a character by its number", "ana@example.com", "&#97;na@example.com"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(why_refused(sign_changed(row.from, row.to)), "believed: ana@example.com") << row.what;
}

TEST(Assertion, ACommentDoesNotCutTheNameId) {
  const std::string honest = sign_changed("ana@example.com", "ana@example.com.evil.example");
  EXPECT_EQ(why_refused(honest), "believed: ana@example.com.evil.example");
  // Canonical form leaves comments out, so the signature stays good.
  const std::string commented = replaced(honest, "ana@example.com.evil", "ana@example.com<!-- -->.evil");
  EXPECT_EQ(why_refused(commented), "believed: ana@example.com.evil.example");
  EXPECT_EQ(saml::issuer_of(replaced(honest, "https://idp.example.com", "https://idp<!---->.example.com")).value(),
            "https://idp.example.com");
}

TEST(Assertion, NoMoreThanOneAndOfThatNamespace) {
  const std::string good = signed_assertion();
  EXPECT_THAT(why_refused(response_around(good + good)), HasSubstr("more than one Assertion"));
  EXPECT_THAT(why_refused(response_around(good + "<Assertion/>")), HasSubstr("more than one Assertion"));
  EXPECT_THAT(why_refused(response_around("")), HasSubstr("has no Assertion"));
  EXPECT_THAT(
      why_refused(response_around("<saml:EncryptedAssertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"/>")),
      HasSubstr("encrypted"));
  EXPECT_THAT(why_refused("<Assertion/>"), HasSubstr("neither an Assertion nor a Response"));
  EXPECT_THAT(why_refused("<r>" + good + "</r>"), HasSubstr("neither an Assertion nor a Response"));
  EXPECT_THAT(why_refused(response_around("<deeper>" + good + "</deeper>")),
              HasSubstr("neither an Assertion nor a Response"));
  const std::string other_space = replaced(std::string(unsigned_assertion), "SAML:2.0:assertion", "SAML:3.0:assertion");
  EXPECT_THAT(why_refused(identity_provider().sign(with_signature_place(other_space))),
              HasSubstr("neither an Assertion nor a Response"));
}

TEST(Assertion, AnIssuerHasAtMost1024Bytes) {
  const auto named = [](std::size_t size) {
    return saml::issuer_of(
        replaced(std::string(unsigned_assertion), "https://idp.example.com", std::string(size, 'i')));
  };
  EXPECT_EQ(named(1'024).value(), std::string(1'024, 'i'));
  EXPECT_FALSE(named(1'025));
}

TEST(Assertion, TextThatIsNoneIsRefusedByIssuerOfToo) {
  for (const std::string_view text : {"", " ", "ana@example.com", "<a>", "{\"assertion\": 1}", "\xff\xfe<\0a\0"}) {
    EXPECT_FALSE(saml::issuer_of(text)) << text;
    EXPECT_FALSE(saml::verify(text, expecting(identity_provider()))) << text;
  }
}

}  // namespace
}  // namespace tallystick::test
