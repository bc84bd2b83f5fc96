#pragma once
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/valid.h>
#include <libxml/xmlerror.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/io.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>

#include "loading/late_library.hpp"

/// The functions of libxml2 and xmlsec that read assertions, by their own names within this namespace. They are loaded
/// with the first assertion (docs/adr/0023).
namespace tallystick::saml {

// It brings xmlsec and libxml2 along.
inline loading::LateLibrary xmlsec_library("libxmlsec1-openssl.so.1");

#define TALLYSTICK_LATE(name) inline const loading::LateFunction<decltype(::name)> name(xmlsec_library, #name)
TALLYSTICK_LATE(xmlAddID);
TALLYSTICK_LATE(xmlCtxtReadMemory);
TALLYSTICK_LATE(xmlDocGetRootElement);
TALLYSTICK_LATE(xmlFreeDoc);
TALLYSTICK_LATE(xmlFreeParserCtxt);
TALLYSTICK_LATE(xmlInitParser);
TALLYSTICK_LATE(xmlNewParserCtxt);
TALLYSTICK_LATE(xmlSecBufferGetData);
TALLYSTICK_LATE(xmlSecBufferGetSize);
TALLYSTICK_LATE(xmlSecCheckVersionExt);
TALLYSTICK_LATE(xmlSecDSigCtxCreate);
TALLYSTICK_LATE(xmlSecDSigCtxDestroy);
TALLYSTICK_LATE(xmlSecDSigCtxEnableReferenceTransform);
TALLYSTICK_LATE(xmlSecDSigCtxEnableSignatureTransform);
TALLYSTICK_LATE(xmlSecDSigCtxVerify);
TALLYSTICK_LATE(xmlSecDSigReferenceCtxGetPreDigestBuffer);
TALLYSTICK_LATE(xmlSecErrorsSetCallback);
TALLYSTICK_LATE(xmlSecIOCleanupCallbacks);
TALLYSTICK_LATE(xmlSecInit);
TALLYSTICK_LATE(xmlSecOpenSSLAppInit);
TALLYSTICK_LATE(xmlSecOpenSSLAppKeyLoadMemory);
TALLYSTICK_LATE(xmlSecOpenSSLInit);
TALLYSTICK_LATE(xmlSecOpenSSLTransformEcdsaSha256GetKlass);
TALLYSTICK_LATE(xmlSecOpenSSLTransformEcdsaSha384GetKlass);
TALLYSTICK_LATE(xmlSecOpenSSLTransformEcdsaSha512GetKlass);
TALLYSTICK_LATE(xmlSecOpenSSLTransformRsaSha256GetKlass);
TALLYSTICK_LATE(xmlSecOpenSSLTransformRsaSha384GetKlass);
TALLYSTICK_LATE(xmlSecOpenSSLTransformRsaSha512GetKlass);
TALLYSTICK_LATE(xmlSecOpenSSLTransformSha256GetKlass);
TALLYSTICK_LATE(xmlSecOpenSSLTransformSha384GetKlass);
TALLYSTICK_LATE(xmlSecOpenSSLTransformSha512GetKlass);
TALLYSTICK_LATE(xmlSecPtrListGetItem);
TALLYSTICK_LATE(xmlSecPtrListGetSize);
TALLYSTICK_LATE(xmlSecTransformEnvelopedGetKlass);
TALLYSTICK_LATE(xmlSecTransformExclC14NGetKlass);
TALLYSTICK_LATE(xmlSecTransformExclC14NWithCommentsGetKlass);
TALLYSTICK_LATE(xmlSetStructuredErrorFunc);
TALLYSTICK_LATE(xmlStopParser);
#undef TALLYSTICK_LATE

}  // namespace tallystick::saml
