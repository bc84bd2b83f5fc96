#include "server/document_answer.hpp"

#include <algorithm>
#include <utility>

#include "documents/invoice_files.hpp"
#include "server/query.hpp"
#include "server/question_answer.hpp"
#include "tallystick/wire/billing_invoice.hpp"

namespace tallystick::server {
namespace {

Result<std::string, std::string> render(const wire::InvoiceDocument& document, DocumentFormat format) {
  switch (format) {
    case DocumentFormat::pdf:
      return documents::invoice_pdf(document);
    case DocumentFormat::xlsx:
      return documents::invoice_workbook(document);
    case DocumentFormat::csv:
      return documents::invoice_focus_csv(document);
  }
  return fail(std::string("no such format"));
}

std::string_view content_type_of(DocumentFormat format) {
  switch (format) {
    case DocumentFormat::pdf:
      return "application/pdf";
    case DocumentFormat::xlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case DocumentFormat::csv:
      return "text/csv; charset=utf-8";
  }
  return {};
}

bool is_safe(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

}  // namespace

void answer_document_address(const Call& call, const core::OrganizationId& organization, const DocumentName& document,
                             const Answer& answer) {
  const auto encode = [service = call.service, document](const app::IssuedInvoice&) -> Outcome {
    wire::UrlResponse response;
    response.url =
        service->origin() + sign_document_address(service->use_cases.signing_key, document, service->use_cases.clock());
    return json_response(wire::to_json(response));
  };
  call.service->use_cases.billing.ask_invoice(organization, document.invoice,
                                              answer_with<app::IssuedInvoice>(answer, encode));
}

Outcome document_response(const wire::InvoiceDocument& document, DocumentFormat format) {
  auto file = render(document, format);
  if (!file) {
    Refusal refusal = refuse(Situation::internal_error);
    refusal.log_reason = "invoice " + document.number + ": " + file.error();
    return fail(std::move(refusal));
  }
  Response response;
  response.body = std::move(*file);
  response.content_type = content_type_of(format);
  response.headers.emplace_back("Content-Disposition",
                                attachment_disposition(document.number + "." + std::string(to_string(format))));
  response.headers.emplace_back("Cache-Control", "private, no-store");
  return response;
}

std::string attachment_disposition(std::string_view file_name) {
  std::string safe(file_name);
  std::ranges::replace_if(
      safe, [](char c) { return !is_safe(c); }, '_');
  std::string disposition = "attachment; filename=\"" + safe + "\"";
  if (safe != file_name) disposition += "; filename*=UTF-8''" + percent_encode(file_name);
  return disposition;
}

}  // namespace tallystick::server
