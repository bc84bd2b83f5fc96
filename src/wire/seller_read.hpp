#pragma once
#include "tallystick/core/catalog.hpp"
#include "wire/document_object.hpp"

/// Who bills and who is billed, in a catalog document. Shape only: whether a seller is there and an address leads
/// somewhere is not looked at.
namespace tallystick::wire {

[[nodiscard]] core::Seller read_seller(const Value& value, const Path& at, DocumentReading& reading);

/// The keys of a contract that are on its invoices' letter. `contract` stands at `at`.
[[nodiscard]] core::InvoiceTerms read_invoice_terms(DocumentObject& contract, const Path& at, DocumentReading& reading);

[[nodiscard]] core::Settings read_settings(const Value& value, const Path& at, DocumentReading& reading);

}  // namespace tallystick::wire
