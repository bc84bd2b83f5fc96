#include "app/certificate.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>
#include <vector>

namespace tallystick::app {
namespace {

constexpr std::size_t text_bytes_max = 65'536;
constexpr int rsa_bits_min = 2'048;
constexpr std::string_view begin_line = "-----BEGIN CERTIFICATE-----";

template <auto free_it>
struct Freed {
  template <class T>
  void operator()(T* owned) const {
    free_it(owned);
  }
};
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;

std::string failed(std::string what) {
  ERR_clear_error();
  return what;
}

Certificate read_pem(std::string_view text) {
  const Memory memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  return Certificate(memory ? PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr) : nullptr);
}

// Base64 as metadata have it: in one line or many, nothing else around it.
Certificate read_base64(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') digits.push_back(c);
  }
  if (digits.empty() || digits.size() % 4 != 0) return nullptr;
  std::vector<unsigned char> der(digits.size() / 4 * 3);
  const int bytes = EVP_DecodeBlock(der.data(), reinterpret_cast<const unsigned char*>(digits.data()),
                                    static_cast<int>(digits.size()));
  if (bytes < 0) return nullptr;
  // What fills the last group up is decoded as zeros.
  const auto padding = digits.size() - 1 - digits.find_last_not_of('=');
  const unsigned char* at = der.data();
  const unsigned char* end = at + bytes - padding;
  Certificate certificate(d2i_X509(nullptr, &at, bytes - static_cast<int>(padding)));
  if (at != end) return nullptr;
  return certificate;
}

bool has_usable_key(X509* certificate) {
  const EVP_PKEY* key = X509_get0_pubkey(certificate);
  if (key == nullptr) return false;
  const int kind = EVP_PKEY_get_base_id(key);
  return kind == EVP_PKEY_EC || (kind == EVP_PKEY_RSA && EVP_PKEY_get_bits(key) >= rsa_bits_min);
}

}  // namespace

Result<std::string, std::string> read_certificate(std::string_view text) {
  if (text.size() > text_bytes_max) return fail(failed("is longer than any certificate"));
  if (text.find("PRIVATE KEY") != std::string_view::npos) {
    return fail(failed("holds a private key, which belongs to the identity provider alone; give its certificate"));
  }
  const auto begin = text.find(begin_line);
  const bool is_pem = begin != std::string_view::npos;
  if (is_pem && text.find(begin_line, begin + 1) != std::string_view::npos) {
    return fail(failed("holds more than one certificate; give the one that signs assertions"));
  }
  const Certificate certificate = is_pem ? read_pem(text) : read_base64(text);
  if (!certificate) {
    return fail(failed("must be a certificate in PEM (-----BEGIN CERTIFICATE-----) or base64, as metadata have it"));
  }
  if (!has_usable_key(certificate.get())) {
    return fail(failed("must have an RSA key of at least 2048 bits or a key of an elliptic curve"));
  }
  const Memory memory(BIO_new(BIO_s_mem()));
  char* written = nullptr;
  if (!memory || PEM_write_bio_X509(memory.get(), certificate.get()) != 1) {
    return fail(failed("cannot be written as PEM"));
  }
  const long bytes = BIO_get_mem_data(memory.get(), &written);
  return std::string(written, static_cast<std::size_t>(bytes));
}

}  // namespace tallystick::app
