#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/choice_query.hpp"
#include "server/query.hpp"
#include "tallystick/core/time.hpp"
#include "tallystick/core/uuid.hpp"

/// Addresses of invoice documents that work without a token, for whoever has one, until they expire.
namespace tallystick::server {

/// A secret of this server, random.
using SigningKey = std::array<std::uint8_t, 32>;

enum class DocumentFormat { pdf, xlsx, csv };
/// As names of files end and as the parameter `format` spells them.
inline constexpr Choice<DocumentFormat> document_formats[] = {
    {"pdf", DocumentFormat::pdf}, {"xlsx", DocumentFormat::xlsx}, {"csv", DocumentFormat::csv}};
[[nodiscard]] std::string_view to_string(DocumentFormat format);

/// A file of an invoice.
struct DocumentName {
  core::Uuid invoice;
  DocumentFormat format = DocumentFormat::pdf;
  friend bool operator==(const DocumentName&, const DocumentName&) = default;
};

inline constexpr std::chrono::minutes document_address_lifetime{10};
inline constexpr std::string_view documents_path = "/tallystick/v1/documents/";

/// Path and query, with an HMAC-SHA256 over path, invoice and the moment at which it expires: `now` and
/// document_address_lifetime, in whole seconds.
[[nodiscard]] std::string sign_document_address(const SigningKey& key, const DocumentName& name, core::TimePoint now);

/// What an address with `file_name` and `query` leads to at `now`. Absent: it is not one that this key signed, byte for
/// byte, or it has expired. The signature is compared in constant time.
[[nodiscard]] std::optional<DocumentName> read_document_address(const SigningKey& key, std::string_view file_name,
                                                                const Query& query, core::TimePoint now);

}  // namespace tallystick::server
