#include "client/test_authority.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <stdexcept>

namespace tallystick::client_test {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
constexpr long day_s = 86'400;
/// No two authorities have one name.
std::atomic<int> made = 0;

void must(bool done) {
  if (!done) throw std::runtime_error("no certificate for a test");
}

Key new_key() {
  return {EVP_EC_gen("P-256"), &EVP_PKEY_free};
}

void extend(X509* certificate, X509* issuer, int what, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
      X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str()), &X509_EXTENSION_free);
  must(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

Certificate new_certificate(EVP_PKEY* key, const std::string& common_name, long serial, long begin_s, long end_s) {
  Certificate certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), begin_s);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), end_s);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
  return certificate;
}

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
  must(PEM_write_bio_X509(bio.get(), certificate) == 1);
  return text_of(bio.get());
}

std::string pem_of(EVP_PKEY* key, const std::string& password) {
  const Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
  const bool is_plain = password.empty();
  must(PEM_write_bio_PKCS8PrivateKey(bio.get(), key, is_plain ? nullptr : EVP_aes_256_cbc(),
                                     is_plain ? nullptr : password.c_str(), static_cast<int>(password.size()), nullptr,
                                     nullptr) == 1);
  return text_of(bio.get());
}

}  // namespace

class TestAuthority::Impl {
 public:
  Impl()
      : key_(new_key()),
        certificate_(
            new_certificate(key_.get(), "Test authority " + std::to_string(++made), 1, -10 * day_s, 10 * day_s)) {
    X509_set_issuer_name(certificate_.get(), X509_get_subject_name(certificate_.get()));
    extend(certificate_.get(), certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
    extend(certificate_.get(), certificate_.get(), NID_key_usage, "critical,keyCertSign");
    must(X509_sign(certificate_.get(), key_.get(), EVP_sha256()) > 0);
  }

  [[nodiscard]] Identity issue(const Wish& wish) const {
    const Key key = new_key();
    const Certificate certificate =
        new_certificate(key.get(), "Test", 2, -5 * day_s, wish.expired ? -day_s : 5 * day_s);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate_.get()));
    extend(certificate.get(), certificate_.get(), NID_subject_alt_name, wish.name);
    must(X509_sign(certificate.get(), key_.get(), EVP_sha256()) > 0);
    return {.certificate = pem_of(certificate.get()), .key = pem_of(key.get(), wish.key_password)};
  }
  [[nodiscard]] std::string certificate() const { return pem_of(certificate_.get()); }

 private:
  Key key_;
  Certificate certificate_;
};

TestAuthority::TestAuthority() : impl_(std::make_unique<Impl>()) {}
TestAuthority::~TestAuthority() = default;
TestAuthority::Identity TestAuthority::issue(const Wish& wish) const {
  return impl_->issue(wish);
}
std::string TestAuthority::certificate() const {
  return impl_->certificate();
}

}  // namespace tallystick::client_test
