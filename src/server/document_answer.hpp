#pragma once
#include <string>
#include <string_view>

#include "server/call.hpp"
#include "server/document_address.hpp"
#include "tallystick/core/uuid.hpp"
#include "tallystick/wire/invoice_document.hpp"

namespace tallystick::server {

/// Answers the absolute address of an issued invoice's document (UrlResponse), signed for the next minutes. not.found:
/// the organization has no such invoice.
void answer_document_address(const Call& call, const core::OrganizationId& organization, const DocumentName& document,
                             const Answer& answer);

/// The document as a file to keep, named by the invoice's number. Takes a while.
[[nodiscard]] Outcome document_response(const wire::InvoiceDocument& document, DocumentFormat format);

/// Content-Disposition of a file to keep (RFC 6266): a name of safe characters for all, and the name as it is in
/// RFC 8187's form where the two differ.
[[nodiscard]] std::string attachment_disposition(std::string_view file_name);

}  // namespace tallystick::server
