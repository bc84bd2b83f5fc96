#include <string>
#include <utility>
#include <variant>

#include "server/choice_query.hpp"
#include "server/cursor_query.hpp"
#include "server/document_answer.hpp"
#include "server/frozen_text.hpp"
#include "server/handlers/handlers.hpp"
#include "server/invoice_answer.hpp"
#include "server/invoice_document.hpp"
#include "server/invoice_lines_answer.hpp"
#include "server/invoice_query.hpp"
#include "server/named_organization.hpp"
#include "server/question_answer.hpp"

namespace tallystick::server {
namespace {

const std::string address = "/tallystick/v1/invoices";
constexpr Choice<wire::InvoiceStatus> statuses[] = {{"Draft", wire::InvoiceStatus::draft},
                                                    {"Issued", wire::InvoiceStatus::issued}};

using Drafts = std::vector<app::DraftInvoice>;
using IssuedPage = app::Page<app::IssuedInvoice>;

struct RecordsQuestion {
  core::OrganizationId organization;
  std::optional<wire::InvoiceStatus> status;
  app::InvoiceFilter filter;
  CursorListing listing{"invoices", address};
  app::Cursor cursor;

  /// Drafts have neither date nor payments, so that a filter by these leaves them out.
  [[nodiscard]] bool takes_drafts() const {
    return status != wire::InvoiceStatus::issued && !filter.from && !filter.through && !filter.is_paid;
  }
};

void add_organization(CursorListing& listing, const NamedOrganization& named) {
  if (named.is_named && named.id) listing.add_filter("organizationId", named.id->to_string());
}

Result<RecordsQuestion, Refusal> read_question(const Call& call) {
  RecordsQuestion question;
  const auto named = read_named_organization(call);
  if (!named) return fail(named.error());
  const auto status = read_choice(call.query, "status", statuses);
  if (!status) return fail(status.error());
  add_organization(question.listing, *named);
  if (*status) {
    question.status = (*status)->value;
    question.listing.add_filter("status", (*status)->word);
  }
  const auto filter = read_invoice_filter(call.query, question.listing);
  if (!filter) return fail(filter.error());
  question.filter = *filter;
  auto cursor = question.listing.read_cursor(call.query);
  if (!cursor) return fail(cursor.error());
  question.cursor = std::move(*cursor);
  if (!named->id) return fail(refuse(Situation::not_found));
  question.organization = *named->id;
  return question;
}

Outcome records_outcome(const RecordsQuestion& question, const Drafts& drafts, const IssuedPage& page) {
  wire::InvoiceRecordListing written;
  for (const app::DraftInvoice& draft : drafts) written.entities.push_back(draft_record(draft_document(draft.bill)));
  for (const auto& [invoice, text] : page.entities) {
    const auto document = read_frozen<wire::InvoiceDocument>(text);
    if (!document) return fail(document.error());
    written.entities.push_back(invoice_record(*document, invoice));
  }
  set_links(written, question.listing.links(question.cursor, page));
  return json_response(wire::to_json(written));
}

/// Drafts stand in front of the first page, and are not counted by its size.
void answer_with_drafts(const app::BillingQuestions& billing, RecordsQuestion question, IssuedPage page,
                        const Answer& answer) {
  if (page.has_previous || !question.takes_drafts()) return answer(records_outcome(question, {}, page));
  const core::OrganizationId organization = question.organization;
  const auto encode = [question = std::move(question), page = std::move(page)](const Drafts& drafts) {
    return records_outcome(question, drafts, page);
  };
  billing.ask_drafts(organization, answer_with<Drafts>(answer, encode));
}

/// An invoice of a path, and of whom.
struct InvoiceQuestion {
  NamedOrganization named;
  std::optional<core::Uuid> invoice;

  [[nodiscard]] bool leads_somewhere() const { return named.id && invoice; }
};

Result<InvoiceQuestion, Refusal> read_invoice_question(const Call& call) {
  auto named = read_named_organization(call);
  if (!named) return fail(named.error());
  return InvoiceQuestion{*named, core::Uuid::parse(call.path_parameters.front())};
}

/// The document of an invoice of either kind.
Result<wire::InvoiceDocument, Refusal> document_of(const app::AnyInvoice& invoice) {
  if (const auto* draft = std::get_if<app::DraftInvoice>(&invoice)) return draft_document(draft->bill);
  return read_frozen<wire::InvoiceDocument>(std::get<app::IssuedInvoice>(invoice).text);
}

}  // namespace

void handle_invoice_records(Call& call, const Answer& answer) {
  auto question = read_question(call);
  if (!question) return answer(fail(question.error()));
  const app::BillingQuestions& billing = call.service->use_cases.billing;
  if (question->status == wire::InvoiceStatus::draft) {
    return answer_with_drafts(billing, std::move(*question), {}, answer);
  }
  const core::OrganizationId organization = question->organization;
  const app::InvoiceFilter filter = question->filter;
  app::Cursor cursor = question->cursor;
  // By value: the answer may come after the use case is gone.
  billing.ask_invoices(organization, filter, std::move(cursor),
                       [billing, question = std::move(*question), answer](Result<IssuedPage, core::Problem> page) {
                         if (!page) return answer(fail(refusal_of(std::move(page.error()))));
                         answer_with_drafts(billing, question, std::move(*page), answer);
                       });
}

void handle_invoice_record(Call& call, const Answer& answer) {
  const auto question = read_invoice_question(call);
  if (!question) return answer(fail(question.error()));
  if (!question->leads_somewhere()) return answer(fail(refuse(Situation::not_found)));
  const auto encode = [](const app::AnyInvoice& invoice) -> Outcome {
    const auto document = document_of(invoice);
    if (!document) return fail(document.error());
    const auto* issued = std::get_if<app::IssuedInvoice>(&invoice);
    return json_response(
        wire::to_json(issued == nullptr ? draft_record(*document) : invoice_record(*document, issued->invoice)));
  };
  call.service->use_cases.billing.ask_any_kind_of_invoice(*question->named.id, *question->invoice,
                                                          answer_with<app::AnyInvoice>(answer, encode));
}

void handle_invoice_record_lines(Call& call, const Answer& answer) {
  const auto question = read_invoice_question(call);
  if (!question) return answer(fail(question.error()));
  const std::string id = question->invoice ? question->invoice->to_string() : std::string();
  CursorListing listing = invoice_lines_listing(address + "/" + id + "/lines");
  add_organization(listing, question->named);
  const auto cursor = listing.read_cursor(call.query);
  if (!cursor) return answer(fail(cursor.error()));
  if (!question->leads_somewhere()) return answer(fail(refuse(Situation::not_found)));
  const auto encode = [listing = std::move(listing), cursor = *cursor](const app::AnyInvoice& invoice) -> Outcome {
    const auto document = document_of(invoice);
    if (!document) return fail(document.error());
    const bool is_draft = std::holds_alternative<app::DraftInvoice>(invoice);
    auto items = invoice_items(*document, is_draft ? InvoiceStage::draft : InvoiceStage::issued);
    return json_response(wire::to_json(invoice_lines_answer(listing, cursor, std::move(items))));
  };
  call.service->use_cases.billing.ask_any_kind_of_invoice(*question->named.id, *question->invoice,
                                                          answer_with<app::AnyInvoice>(answer, encode));
}

void handle_invoice_record_document(Call& call, const Answer& answer) {
  const auto question = read_invoice_question(call);
  if (!question) return answer(fail(question.error()));
  const auto format = read_choice(call.query, "format", document_formats);
  if (!format) return answer(fail(format.error()));
  if (!question->leads_somewhere()) return answer(fail(refuse(Situation::not_found)));
  answer_document_address(call, *question->named.id,
                          {*question->invoice, *format ? (*format)->value : DocumentFormat::pdf}, answer);
}

void handle_payments(Call& call, const Answer& answer) {
  const auto question = read_invoice_question(call);
  if (!question) return answer(fail(question.error()));
  if (!question->leads_somewhere()) return answer(fail(refuse(Situation::not_found)));
  using Payments = std::vector<store::Payment>;
  const auto encode = [](const Payments& payments) -> Outcome {
    wire::InvoicePaymentListing listing;
    for (const store::Payment& payment : payments) listing.entities.push_back(payment_answer(payment));
    return json_response(wire::to_json(listing));
  };
  call.service->use_cases.billing.ask_payments(*question->named.id, *question->invoice,
                                               answer_with<Payments>(answer, encode));
}

}  // namespace tallystick::server
