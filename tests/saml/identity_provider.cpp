#include "saml/identity_provider.hpp"

#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/valid.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <xmlsec/crypto.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>
#include <xmlsec/xmltree.h>

#include "saml/signature.hpp"

namespace tallystick::test {
namespace {

using PrivateKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Xml = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;

std::string text_of(const Bio& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

EVP_PKEY* make_key(IdentityProvider::Key key) {
  switch (key) {
    case IdentityProvider::Key::p256:
      return EVP_EC_gen("P-256");
    case IdentityProvider::Key::p384:
      return EVP_EC_gen("P-384");
    case IdentityProvider::Key::rsa:
      break;
  }
  return EVP_RSA_gen(2048);
}

/// Lets references find every element by its ID.
void register_ids(xmlDoc* doc, xmlNode* node) {
  for (; node != nullptr; node = node->next) {
    if (node->type != XML_ELEMENT_NODE) continue;
    if (xmlAttr* id = xmlHasNsProp(node, BAD_CAST "ID", nullptr)) xmlAddID(nullptr, doc, id->children->content, id);
    register_ids(doc, node->children);
  }
}

std::string sign_with(std::string_view xml, xmlSecKey* key) {
  const Xml doc(xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr, XML_PARSE_NONET),
                &xmlFreeDoc);
  EXPECT_TRUE(doc) << xml;
  if (!doc) return {};
  register_ids(doc.get(), xmlDocGetRootElement(doc.get()));
  xmlNode* signature = xmlSecFindNode(xmlDocGetRootElement(doc.get()), xmlSecNodeSignature, xmlSecDSigNs);
  const std::unique_ptr<xmlSecDSigCtx, decltype(&xmlSecDSigCtxDestroy)> context(xmlSecDSigCtxCreate(nullptr),
                                                                                &xmlSecDSigCtxDestroy);
  context->signKey = key;  // now the context's to free
  EXPECT_EQ(xmlSecDSigCtxSign(context.get(), signature), 0) << xml;
  xmlChar* text = nullptr;
  int size = 0;
  xmlDocDumpMemory(doc.get(), &text, &size);
  std::string signed_text(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  xmlFree(text);
  return signed_text;
}

}  // namespace

std::string signature_over(std::string_view id, const SignatureForm& form) {
  const auto algorithm = [](const char* element, std::string_view uri) {
    return "<ds:" + std::string(element) + " Algorithm=\"" + std::string(uri) + "\"/>";
  };
  std::string transforms;
  for (const std::string& each : form.transforms) transforms += algorithm("Transform", each);
  return R"(<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>)" +
         algorithm("CanonicalizationMethod", form.canonical) + algorithm("SignatureMethod", form.method) +
         "<ds:Reference URI=\"#" + std::string(id) + "\"><ds:Transforms>" + transforms + form.inside_transforms +
         "</ds:Transforms>" + algorithm("DigestMethod", form.digest) +
         "<ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/>" + form.after_value + "</ds:Signature>";
}

IdentityProvider::IdentityProvider(Key key) {
  const PrivateKey made(make_key(key), &EVP_PKEY_free);
  const Certificate certificate(X509_new(), &X509_free);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3'600);
  X509_set_pubkey(certificate.get(), made.get());
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("idp.example.com"), -1,
                             -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  EXPECT_GT(X509_sign(certificate.get(), made.get(), EVP_sha256()), 0);

  const Bio key_text(BIO_new(BIO_s_mem()), &BIO_free);
  PEM_write_bio_PrivateKey(key_text.get(), made.get(), nullptr, nullptr, 0, nullptr, nullptr);
  private_key_ = text_of(key_text);
  const Bio certificate_text(BIO_new(BIO_s_mem()), &BIO_free);
  PEM_write_bio_X509(certificate_text.get(), certificate.get());
  certificate_ = text_of(certificate_text);
}

std::string IdentityProvider::sign(std::string_view xml) const {
  EXPECT_TRUE(saml::prepare_xmlsec());
  return sign_with(xml, xmlSecCryptoAppKeyLoadMemory(reinterpret_cast<const xmlSecByte*>(private_key_.data()),
                                                     static_cast<xmlSecSize>(private_key_.size()),
                                                     xmlSecKeyDataFormatPem, nullptr, nullptr, nullptr));
}

std::string sign_with_shared_secret(std::string_view xml, std::string_view secret) {
  EXPECT_TRUE(saml::prepare_xmlsec());
  return sign_with(xml, xmlSecKeyReadMemory(xmlSecKeyDataHmacId, reinterpret_cast<const xmlSecByte*>(secret.data()),
                                            static_cast<xmlSecSize>(secret.size())));
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from << " is not in " << text;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

}  // namespace tallystick::test
