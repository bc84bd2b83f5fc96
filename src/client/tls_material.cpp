#include "client/tls_material.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace tallystick::client {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificates = std::vector<std::shared_ptr<X509>>;

Bio bio_of(const std::string& pem) {
  return {BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free};
}

/// All certificates of a PEM text. Absent: one of them is damaged.
std::optional<Certificates> certificates_of(const std::string& pem) {
  Certificates certificates;
  const Bio bio = bio_of(pem);
  ERR_clear_error();
  while (X509* certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
    certificates.emplace_back(certificate, &X509_free);
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (!at_end) return std::nullopt;
  return certificates;
}

/// OpenSSL's question for the password of a key; without one it would ask on the terminal.
int give_password(char* buffer, int size, int, void* user) {
  const auto& password = *static_cast<const std::string*>(user);
  if (std::cmp_greater(password.size(), size)) return 0;
  std::memcpy(buffer, password.data(), password.size());
  return static_cast<int>(password.size());
}

Key key_of(const std::string& pem, std::string password) {
  const Bio bio = bio_of(pem);
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, &give_password, &password), &EVP_PKEY_free);
  ERR_clear_error();
  return key;
}

bool is_encrypted(const std::string& key_pem) {
  return key_pem.find("ENCRYPTED") != std::string::npos;
}

}  // namespace

Result<std::shared_ptr<const TlsMaterial>, std::string> TlsMaterial::of(const std::string& authorities_pem,
                                                                        const std::string& certificate_pem,
                                                                        const std::string& key_pem,
                                                                        const std::string& key_password) {
  const auto material = std::shared_ptr<TlsMaterial>(new TlsMaterial());
  if (!authorities_pem.empty()) {
    auto authorities = certificates_of(authorities_pem);
    if (!authorities || authorities->empty()) {
      return fail(std::string("the own authorities (ca_file) hold no certificate in PEM, or a damaged one"));
    }
    material->authorities_ = *std::move(authorities);
  }
  if (certificate_pem.empty() != key_pem.empty()) {
    return fail(
        std::string("a client certificate and its key come together: client_certificate_file and "
                    "client_key_file, or neither"));
  }
  if (certificate_pem.empty()) return material;

  const auto certificates = certificates_of(certificate_pem);
  if (!certificates || certificates->empty()) {
    return fail(std::string("the client certificate holds no certificate in PEM, or a damaged one"));
  }
  const Key key = key_of(key_pem, key_password);
  if (!key) {
    return fail(std::string(is_encrypted(key_pem)
                                ? "the client key is encrypted, and client_key_password is missing or not its password"
                                : "the client key holds no private key in PEM, or a damaged one"));
  }
  const bool fits = X509_check_private_key(certificates->front().get(), key.get()) == 1;
  ERR_clear_error();
  if (!fits) return fail(std::string("the client key does not belong to the first of the client certificates"));
  material->certificate_ = certificate_pem;
  material->key_ = key_pem;
  material->key_password_ = key_password;
  return material;
}

bool TlsMaterial::add_authorities(void* ssl_context) const {
  X509_STORE* store = SSL_CTX_get_cert_store(static_cast<SSL_CTX*>(ssl_context));
  return std::all_of(authorities_.begin(), authorities_.end(),
                     [&](const auto& authority) { return X509_STORE_add_cert(store, authority.get()) == 1; });
}

TlsMaterialSource::TlsMaterialSource(TransportSettings settings)
    : authorities_(part_of("the own authorities (ca_file)", settings.authorities)),
      certificate_(part_of("the client certificate", settings.client_certificate)),
      key_(part_of("the client key", settings.client_key)),
      key_password_(std::move(settings.client_key_password)) {}

Result<std::shared_ptr<const TlsMaterial>, std::string> TlsMaterialSource::current() {
  const std::lock_guard lock(mutex_);
  const auto changed = [](const Part& part) { return part.file && part.file->changed(); };
  if (read_before_ && !changed(authorities_) && !changed(certificate_) && !changed(key_)) return material_;
  auto material = read_all();
  if (material || !read_before_ || !material_) material_ = std::move(material);
  read_before_ = true;
  return material_;
}

TlsMaterialSource::Part TlsMaterialSource::part_of(std::string name, const Pem& pem) {
  if (pem.file.empty()) return {.name = std::move(name), .text = pem.text, .file = std::nullopt};
  return {.name = std::move(name), .text = {}, .file = WatchedFile(pem.file)};
}

Result<std::string, std::string> TlsMaterialSource::read(Part& part) {
  if (!part.file) return part.text;
  auto content = part.file->read();
  if (!content) return fail(part.name + ": " + part.file->path().string() + " cannot be read: " + content.error());
  if (content->text.empty()) return fail(part.name + ": " + part.file->path().string() + " is empty");
  return std::move(content->text);
}

Result<std::shared_ptr<const TlsMaterial>, std::string> TlsMaterialSource::read_all() {
  // All are read, so that each has a stamp to be compared with, whichever of them fails.
  const auto authorities = read(authorities_);
  const auto certificate = read(certificate_);
  const auto key = read(key_);
  for (const auto* part : {&authorities, &certificate, &key}) {
    if (!*part) return fail(part->error());
  }
  return TlsMaterial::of(*authorities, *certificate, *key, key_password_);
}

}  // namespace tallystick::client
