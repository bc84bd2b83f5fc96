#pragma once
#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "tallystick/core/result.hpp"

namespace tallystick::server {

using TlsContext = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

/// What a TLS 1.2 or 1.3 server needs: its certificate with the chain, and the key that belongs to it, both PEM files.
/// The failure is a sentence for the operator that names the file.
[[nodiscard]] Result<TlsContext, std::string> make_tls_context(const std::string& certificate_file,
                                                               const std::string& key_file);

}  // namespace tallystick::server
