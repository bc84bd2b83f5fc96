#include "saml/signature.hpp"

#include <openssl/err.h>

#include <algorithm>
#include <memory>

#include "saml/xmlsec.hpp"

namespace tallystick::saml {
namespace {

void say_nothing(const char* /*file*/, int /*line*/, const char* /*func*/, const char* /*object*/,
                 const char* /*subject*/, int /*reason*/, const char* /*message*/) {}
void say_nothing_of_xml(void* /*context*/, xmlError* /*error*/) {}

/// Leaves nothing behind that the next user of OpenSSL in this thread would take for its own error.
struct QuietThread {
  QuietThread() { xmlSetStructuredErrorFunc(nullptr, &say_nothing_of_xml); }
  ~QuietThread() {
    xmlSetStructuredErrorFunc(nullptr, nullptr);
    ERR_clear_error();
  }
  QuietThread(const QuietThread&) = delete;
  QuietThread& operator=(const QuietThread&) = delete;
};

using Context = std::unique_ptr<xmlSecDSigCtx, loading::ReleasedBy<xmlSecDSigCtxDestroy>>;

/// What a signature may be made of. Everything else is refused by xmlsec when it meets it: SHA-1, keyed hashes, XPath,
/// XSLT, base64.
bool allow_algorithms(xmlSecDSigCtx* context) {
  const xmlSecTransformId of_signature[] = {
      xmlSecTransformExclC14NId,    xmlSecTransformExclC14NWithCommentsId,
      xmlSecTransformRsaSha256Id,   xmlSecTransformRsaSha384Id,
      xmlSecTransformRsaSha512Id,   xmlSecTransformEcdsaSha256Id,
      xmlSecTransformEcdsaSha384Id, xmlSecTransformEcdsaSha512Id,
  };
  const xmlSecTransformId of_reference[] = {
      xmlSecTransformEnvelopedId, xmlSecTransformExclC14NId, xmlSecTransformExclC14NWithCommentsId,
      xmlSecTransformSha256Id,    xmlSecTransformSha384Id,   xmlSecTransformSha512Id,
  };
  return std::ranges::all_of(
             of_signature,
             [&](xmlSecTransformId id) { return xmlSecDSigCtxEnableSignatureTransform(context, id) == 0; }) &&
         std::ranges::all_of(of_reference, [&](xmlSecTransformId id) {
           return xmlSecDSigCtxEnableReferenceTransform(context, id) == 0;
         });
}

/// An identifier that means the same as `#ID` and inside an XPointer.
bool is_plain_id(std::string_view id) {
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
  const auto is_other = [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == '.'; };
  return !id.empty() && is_letter(id.front()) &&
         std::ranges::all_of(id, [&](char c) { return is_letter(c) || is_other(c); });
}

/// The one Signature of the element, with one Reference.
Result<Element, std::string> signature_of(const Element& element) {
  const auto signature = element.only_child({signature_namespace, "Signature"});
  if (!signature) return fail(std::string("the assertion itself must have one signature"));
  const auto info = signature->only_child({signature_namespace, "SignedInfo"});
  if (!info || !info->only_child({signature_namespace, "Reference"})) {
    return fail(std::string("the signature must refer to one element"));
  }
  if (!signature->children({signature_namespace, "Object"}).empty()) {
    return fail(std::string("the signature contains objects, which are not taken"));
  }
  return *signature;
}

/// The bytes that the one reference was computed over.
Result<std::string, std::string> bytes_behind(xmlSecDSigCtx& context, std::string_view id) {
  if (xmlSecPtrListGetSize(&context.signedInfoReferences) != 1) {
    return fail(std::string("the signature must refer to one element"));
  }
  auto* reference = static_cast<xmlSecDSigReferenceCtx*>(xmlSecPtrListGetItem(&context.signedInfoReferences, 0));
  if (reference->status != xmlSecDSigStatusSucceeded) {
    return fail(std::string("the assertion was altered after it was signed"));
  }
  if (context.status != xmlSecDSigStatusSucceeded) {
    return fail(std::string("the signature was not made with the key of the issuer's certificate"));
  }
  if (reference->uri == nullptr || "#" + std::string(id) != reinterpret_cast<const char*>(reference->uri)) {
    return fail(std::string("the signature is over another element than the assertion"));
  }
  xmlSecBuffer* buffer = xmlSecDSigReferenceCtxGetPreDigestBuffer(reference);
  if (buffer == nullptr) return fail(std::string("what was signed cannot be read"));
  return std::string(reinterpret_cast<const char*>(xmlSecBufferGetData(buffer)), xmlSecBufferGetSize(buffer));
}

}  // namespace

bool prepare_xmlsec() {
  static const bool ready = [] {
    if (xmlsec_library.fault()) return false;
    xmlInitParser();
    if (xmlSecInit() < 0 || xmlSecCheckVersion() != 1) return false;
    if (xmlSecCryptoAppInit(nullptr) < 0 || xmlSecCryptoInit() < 0) return false;
    // It would write to standard error by itself; what matters comes back as a failure.
    xmlSecErrorsSetCallback(&say_nothing);
    // Without them no reference is fetched from a file or an address, whatever it says.
    xmlSecIOCleanupCallbacks();
    return true;
  }();
  return ready;
}

Result<std::string, std::string> signed_bytes(const Document& document, const Element& element,
                                              std::string_view certificate) {
  if (!prepare_xmlsec()) return fail(std::string("xmlsec cannot be used here: is libxmlsec1-openssl installed?"));
  const QuietThread quiet;
  const auto id = element.attribute("ID");
  if (!id || !is_plain_id(*id)) return fail(std::string("the assertion has no ID, or one that is not a name"));
  if (document.root().ids_below(*id) != 1) return fail(std::string("the assertion's ID is there more than once"));
  auto signature = signature_of(element);
  if (!signature) return fail(std::move(signature.error()));

  if (xmlAddID(nullptr, document.get(), reinterpret_cast<const xmlChar*>(id->c_str()), element.attribute_node("ID")) ==
      nullptr) {
    return fail(std::string("the assertion's ID is there more than once"));
  }
  const Context context(xmlSecDSigCtxCreate(nullptr));
  if (!context || !allow_algorithms(context.get()))
    return fail(std::string("there is no memory to verify a signature"));
  context->flags |= XMLSEC_DSIG_FLAGS_STORE_SIGNEDINFO_REFERENCES | XMLSEC_DSIG_FLAGS_IGNORE_MANIFESTS;
  context->enabledReferenceUris = xmlSecTransformUriTypeSameDocument;
  // With a key that is set, xmlsec does not look for one in the signature's own KeyInfo.
  context->signKey = xmlSecCryptoAppKeyLoadMemory(reinterpret_cast<const xmlSecByte*>(certificate.data()),
                                                  static_cast<xmlSecSize>(certificate.size()),
                                                  xmlSecKeyDataFormatCertPem, nullptr, nullptr, nullptr);
  if (context->signKey == nullptr) return fail(std::string("the issuer's certificate cannot be read as PEM"));
  if (xmlSecDSigCtxVerify(context.get(), signature->node()) < 0) {
    return fail(
        std::string("the signature is malformed, for another kind of key, or uses what is not taken here: it must "
                    "be RSA or ECDSA with SHA-256 or better, enveloped, in exclusive canonical form"));
  }
  return bytes_behind(*context, *id);
}

}  // namespace tallystick::saml
