#include "server/tls_context.hpp"

#include <openssl/err.h>

namespace tallystick::server {
namespace {

std::string last_tls_error() {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return reason == nullptr ? "no reason given" : reason;
}

}  // namespace

Result<TlsContext, std::string> make_tls_context(const std::string& certificate_file, const std::string& key_file) {
  if (certificate_file.empty() || key_file.empty()) {
    return fail(std::string("TLS needs both a certificate and its key: give --tls-cert and --tls-key"));
  }
  TlsContext context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1) {
    return fail("TLS cannot be set up: " + last_tls_error());
  }
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  if (SSL_CTX_use_certificate_chain_file(context.get(), certificate_file.c_str()) != 1) {
    return fail("cannot read a PEM certificate from " + certificate_file + ": " + last_tls_error());
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), key_file.c_str(), SSL_FILETYPE_PEM) != 1) {
    return fail("cannot read the PEM key of " + certificate_file + " from " + key_file + ": " + last_tls_error());
  }
  return context;
}

}  // namespace tallystick::server
