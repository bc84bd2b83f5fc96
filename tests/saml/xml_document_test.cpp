#include "saml/xml_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tallystick::saml {
namespace {

using testing::HasSubstr;

std::string why_refused(std::string_view xml) {
  const auto document = Document::parse(xml);
  return document ? "read" : document.error();
}

std::string nested(std::size_t depth) {
  std::string xml;
  for (std::size_t each = 0; each < depth; ++each) xml += "<a>";
  for (std::size_t each = 0; each < depth; ++each) xml += "</a>";
  return xml;
}

TEST(XmlDocument, DocumentTypesAreRefused) {
  std::string bomb = "<!DOCTYPE a [<!ENTITY a0 \"aaaaaaaaaa\">";
  for (int level = 1; level < 10; ++level) {
    bomb += "<!ENTITY a" + std::to_string(level) + " \"";
    for (int each = 0; each < 10; ++each) bomb += "&a" + std::to_string(level - 1) + ";";
    bomb += "\">";
  }
  bomb += "]><a>&a9;</a>";
  const std::string_view rows[] = {
      bomb,
      "<!DOCTYPE a><a/>",
      "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
      "<!DOCTYPE a PUBLIC \"-//X//Y\" \"http://127.0.0.1:9/x.dtd\"><a/>",
      "<!DOCTYPE a [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><a>&f;</a>",
      "<!DOCTYPE a [<!ATTLIST a ID ID #IMPLIED>]><a ID=\"x\"/>",
      "<?xml version=\"1.0\"?>\n<!-- first -->\n<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/\"> %p;]><a/>",
  };
  for (const std::string_view xml : rows) EXPECT_THAT(why_refused(xml), HasSubstr("document type")) << xml;
}

TEST(XmlDocument, OtherThingsThatAreRefused) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"", "not well-formed"},
      {"no XML", "not well-formed"},
      {"<a>", "not well-formed"},
      {"<a/><b/>", "not well-formed"},
      {"<a>&unknown;</a>", "not well-formed"},
      {"<a b=\"1\" b=\"2\"/>", "not well-formed"},
      {"<a>\xff</a>", "not well-formed"},
      {"<?xml version=\"1.0\"?><?php x?><a/>", "processing instructions"},
      {"<a><?x?></a>", "processing instructions"},
  };
  for (const auto& [xml, why] : rows) EXPECT_THAT(why_refused(xml), HasSubstr(why)) << xml;
}

TEST(XmlDocument, SizeAndDepthHaveLimits) {
  EXPECT_EQ(why_refused(nested(64)), "read");
  EXPECT_THAT(why_refused(nested(66)), HasSubstr("too deep"));
  EXPECT_FALSE(Document::parse(nested(10'000)));
  const std::string longest = "<a>" + std::string(xml_bytes_max - 7, 'x') + "</a>";
  EXPECT_EQ(why_refused(longest), "read");
  EXPECT_THAT(why_refused(longest + " "), HasSubstr("more than 131072 bytes"));
}

TEST(XmlDocument, TextIsWholeAndTrimmed) {
  const std::pair<std::string_view, std::optional<std::string>> rows[] = {
      {"<a> x y </a>", "x y"},         {"<a/>", ""},
      {"<a>x<!--c-->y</a>", "xy"},     {"<a><![CDATA[x<]]>y</a>", "x<y"},
      {"<a>x<b/>y</a>", std::nullopt}, {"<a>&lt;&#x41;</a>", "<A"},
  };
  for (const auto& [xml, text] : rows) EXPECT_EQ(Document::parse(xml)->root().text(), text) << xml;
}

TEST(XmlDocument, NamesHaveNamespaces) {
  const auto document = Document::parse(R"(<a xmlns:n="urn:n" n:b="other" b="own"><n:c/><c/><c xmlns="urn:n"/></a>)");
  ASSERT_TRUE(document);
  const Element root = document->root();
  EXPECT_EQ(root.attribute("b"), "own");
  EXPECT_EQ(root.attribute("c"), std::nullopt);
  EXPECT_EQ(root.children({"urn:n", "c"}).size(), 2U);
  EXPECT_FALSE(root.only_child({"urn:n", "c"}));
  EXPECT_TRUE(root.children()[0].is({"urn:n", "c"}));
  EXPECT_FALSE(root.children()[1].is({"urn:n", "c"}));
}

}  // namespace
}  // namespace tallystick::saml
