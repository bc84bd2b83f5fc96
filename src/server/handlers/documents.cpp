#include <utility>

#include "server/document_answer.hpp"
#include "server/frozen_text.hpp"
#include "server/handlers/handlers.hpp"

namespace tallystick::server {

// A wrong address, an altered one and a late one are one answer, so that nobody learns which invoices exist.
void handle_document(Call& call, const Answer& answer) {
  const UseCases& use_cases = call.service->use_cases;
  const auto name =
      read_document_address(use_cases.signing_key, call.path_parameters.front(), call.query, use_cases.clock());
  if (!name) return answer(fail(refuse(Situation::not_authorized)));
  using Asked = Result<app::IssuedInvoice, core::Problem>;
  use_cases.billing.ask_any_invoice(
      name->invoice, [service = call.service, format = name->format, answer](Asked asked) {
        if (!asked) return answer(fail(refusal_of(std::move(asked.error()))));
        // Pages take long to set, and the thread that asked has others to do.
        service->on_worker(Lane::rest, [format, text = std::move(asked->text), answer] {
          const auto document = read_frozen<wire::InvoiceDocument>(text);
          answer(document ? document_response(*document, format) : Outcome(fail(document.error())));
        });
      });
}

}  // namespace tallystick::server
