#include <utility>

#include "server/handlers/handlers.hpp"
#include "server/invoice_answer.hpp"
#include "server/json_body.hpp"
#include "server/question_answer.hpp"

namespace tallystick::server {

// Who may settle is an operator, and reaches the invoices of every organization.
void handle_pay(Call& call, const Answer& answer) {
  auto payment = read_json_body<wire::InvoicePayment>(call);
  if (!payment) return answer(fail(payment.error()));
  const auto invoice = core::Uuid::parse(call.path_parameters.front());
  if (!invoice) return answer(fail(refuse(Situation::not_found)));
  const auto encode = [](const store::Payment& paid) -> Outcome {
    return json_response(wire::to_json(payment_answer(paid)));
  };
  app::Settlements::PaymentRequest request{.invoice = *invoice,
                                           .idempotency_key = std::move(payment->idempotency_key),
                                           .amount = payment->amount,
                                           .date = payment->date,
                                           .reference = std::move(payment->reference).value_or("")};
  call.service->use_cases.settlements.pay(std::move(request), answer_with<store::Payment>(answer, encode));
}

void handle_credit(Call& call, const Answer& answer) {
  auto credit = read_json_body<wire::CreditNoteRequest>(call);
  if (!credit) return answer(fail(credit.error()));
  const auto invoice = core::Uuid::parse(call.path_parameters.front());
  if (!invoice) return answer(fail(refuse(Situation::not_found)));
  const auto encode = [](const store::SettledInvoice& note) -> Outcome {
    return json_response(wire::to_json(invoice_record(note)));
  };
  app::Settlements::CreditRequest request{.invoice = *invoice,
                                          .idempotency_key = std::move(credit->idempotency_key),
                                          .amount = credit->amount,
                                          .reason = std::move(credit->reason)};
  call.service->use_cases.settlements.credit(std::move(request), answer_with<store::SettledInvoice>(answer, encode));
}

}  // namespace tallystick::server
