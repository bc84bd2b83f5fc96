#include <string>
#include <utility>

#include "server/cursor_query.hpp"
#include "server/document_answer.hpp"
#include "server/frozen_text.hpp"
#include "server/handlers/handlers.hpp"
#include "server/invoice_answer.hpp"
#include "server/invoice_lines_answer.hpp"
#include "server/invoice_query.hpp"
#include "server/question_answer.hpp"

namespace tallystick::server {
namespace {

const std::string address = "/api/v2/billing/contracts/invoices";

struct InvoicesQuestion {
  app::InvoiceFilter filter;
  CursorListing listing{"invoices", address};
  app::Cursor cursor;
};

Result<InvoicesQuestion, Refusal> read_question(const Query& query) {
  InvoicesQuestion question;
  const auto filter = read_invoice_filter(query, question.listing);
  if (!filter) return fail(filter.error());
  question.filter = *filter;
  auto cursor = question.listing.read_cursor(query);
  if (!cursor) return fail(cursor.error());
  question.cursor = std::move(*cursor);
  return question;
}

}  // namespace

void handle_invoices(Call& call, const Answer& answer) {
  auto question = read_question(call.query);
  if (!question) return answer(fail(question.error()));
  const auto encode = [listing = std::move(question->listing),
                       cursor = question->cursor](const app::Page<app::IssuedInvoice>& page) -> Outcome {
    wire::BillingInvoiceListing written;
    written.entities.emplace();
    for (const auto& [invoice, text] : page.entities) {
      auto document = read_frozen<wire::InvoiceDocument>(text);
      if (!document) return fail(std::move(document.error()));
      written.entities->push_back(invoice_answer(*document, invoice));
    }
    set_links(written, listing.links(cursor, page));
    return json_response(wire::to_json(written));
  };
  call.service->use_cases.billing.ask_invoices(call.caller.organization, question->filter, std::move(question->cursor),
                                               answer_with<app::Page<app::IssuedInvoice>>(answer, encode));
}

void handle_invoice_lines(Call& call, const Answer& answer) {
  const auto invoice = core::Uuid::parse(call.path_parameters.front());
  CursorListing listing =
      invoice_lines_listing(address + "/" + (invoice ? invoice->to_string() : std::string()) + "/lines");
  const auto cursor = listing.read_cursor(call.query);
  if (!cursor) return answer(fail(cursor.error()));
  if (!invoice) return answer(fail(refuse(Situation::not_found)));
  const auto encode = [listing = std::move(listing), cursor = *cursor](const app::IssuedInvoice& issued) -> Outcome {
    const auto document = read_frozen<wire::InvoiceDocument>(issued.text);
    if (!document) return fail(document.error());
    return json_response(
        wire::to_json(invoice_lines_answer(listing, cursor, invoice_items(*document, InvoiceStage::issued))));
  };
  call.service->use_cases.billing.ask_invoice(call.caller.organization, *invoice,
                                              answer_with<app::IssuedInvoice>(answer, encode));
}

void handle_invoice_document(Call& call, const Answer& answer) {
  const auto invoice = core::Uuid::parse(call.path_parameters.front());
  if (!invoice) return answer(fail(refuse(Situation::not_found)));
  answer_document_address(call, call.caller.organization, {*invoice, DocumentFormat::pdf}, answer);
}

}  // namespace tallystick::server
