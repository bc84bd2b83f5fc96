#include "server/document_address.hpp"

#include <sodium.h>

#include "server/base64url.hpp"
#include "server/whole_number.hpp"

namespace tallystick::server {
namespace {

static_assert(std::tuple_size_v<SigningKey> == crypto_auth_hmacsha256_KEYBYTES);

using Signature = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;

/// Over the texts as the address has them, so that another spelling of the same thing is another address.
Signature signature_of(const SigningKey& key, std::string_view file_name, std::string_view expires) {
  // The file name is the path's last part and begins with the invoice's id, so all three are covered.
  const std::string covered = std::string(documents_path).append(file_name).append("\n").append(expires);
  Signature signature;
  crypto_auth_hmacsha256(signature.data(), reinterpret_cast<const unsigned char*>(covered.data()), covered.size(),
                         key.data());
  return signature;
}

std::optional<DocumentName> read_file_name(std::string_view file_name) {
  const std::size_t dot = file_name.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto invoice = core::Uuid::parse(file_name.substr(0, dot));
  if (!invoice) return std::nullopt;
  for (const auto& [name, format] : document_formats) {
    if (file_name.substr(dot + 1) == name) return DocumentName{*invoice, format};
  }
  return std::nullopt;
}

std::chrono::sys_seconds seconds_of(core::TimePoint time) {
  return std::chrono::floor<std::chrono::seconds>(time);
}

}  // namespace

std::string_view to_string(DocumentFormat format) {
  for (const auto& [name, known] : document_formats) {
    if (known == format) return name;
  }
  return {};
}

std::string sign_document_address(const SigningKey& key, const DocumentName& name, core::TimePoint now) {
  const std::string file_name = name.invoice.to_string().append(".").append(to_string(name.format));
  const std::string expires = std::to_string((seconds_of(now) + document_address_lifetime).time_since_epoch().count());
  const Signature signature = signature_of(key, file_name, expires);
  const std::string text = to_base64url({reinterpret_cast<const char*>(signature.data()), signature.size()});
  return std::string(documents_path) + file_name + "?expires=" + expires + "&signature=" + text;
}

std::optional<DocumentName> read_document_address(const SigningKey& key, std::string_view file_name, const Query& query,
                                                  core::TimePoint now) {
  const std::string_view expires = query.get("expires").value_or("");
  const auto sent = from_base64url(query.get("signature").value_or(""));
  const Signature expected = signature_of(key, file_name, expires);
  if (!sent || sent->size() != expected.size() || sodium_memcmp(sent->data(), expected.data(), expected.size()) != 0) {
    return std::nullopt;
  }
  const auto until = read_whole_number(expires).value;
  if (!until || static_cast<std::uint64_t>(seconds_of(now).time_since_epoch().count()) > *until) return std::nullopt;
  return read_file_name(file_name);
}

}  // namespace tallystick::server
