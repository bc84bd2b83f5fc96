#include <string>
#include <utility>
#include <variant>

#include "server/choice_query.hpp"
#include "server/contract_answer.hpp"
#include "server/cursor_query.hpp"
#include "server/date_query.hpp"
#include "server/handlers/handlers.hpp"
#include "server/period_answer.hpp"
#include "server/question_answer.hpp"

namespace tallystick::server {
namespace {

constexpr Choice<bool> statuses[] = {{"Active", true}, {"Inactive", false}};

struct ContractsQuestion {
  app::ContractFilter filter;
  CursorListing listing{"contracts", "/api/v2/billing/contracts"};
  app::Cursor cursor;
};

Result<ContractsQuestion, Refusal> read_question(const Query& query) {
  ContractsQuestion question;
  const auto days = read_day_range(query);
  if (!days) return fail(days.error());
  const auto status = read_choice(query, "status", statuses);
  if (!status) return fail(status.error());
  question.filter.from = days->from;
  question.filter.through = days->through;
  if (*status) question.filter.is_active = (*status)->value;
  if (const auto number = query.get_filled("externalNumber")) question.filter.number = std::string(*number);

  question.listing.add_filter("dateStart", days->from);
  question.listing.add_filter("dateEnd", days->through);
  if (*status) question.listing.add_filter("status", (*status)->word);
  if (question.filter.number) question.listing.add_filter("externalNumber", *question.filter.number);
  auto cursor = question.listing.read_cursor(query);
  if (!cursor) return fail(cursor.error());
  question.cursor = std::move(*cursor);
  return question;
}

Outcome period_outcome(const app::PeriodAnswer& period) {
  if (const auto* closed = std::get_if<store::FrozenText>(&period)) return json_response(closed->json);
  return json_response(wire::to_json(period_answer(std::get<app::PeriodBill>(period))));
}

}  // namespace

void handle_contracts(Call& call, const Answer& answer) {
  auto question = read_question(call.query);
  if (!question) return answer(fail(question.error()));
  const auto encode = [listing = std::move(question->listing),
                       cursor = question->cursor](const app::Page<app::ContractView>& page) -> Outcome {
    wire::BillingContractListing written;
    written.entities.emplace();
    for (const app::ContractView& view : page.entities) written.entities->push_back(contract_answer(view));
    set_links(written, listing.links(cursor, page));
    return json_response(wire::to_json(written));
  };
  call.service->use_cases.billing.ask_contracts(call.caller.organization, std::move(question->filter),
                                                std::move(question->cursor),
                                                answer_with<app::Page<app::ContractView>>(answer, encode));
}

void handle_contract(Call& call, const Answer& answer) {
  const auto contract = core::Uuid::parse(call.path_parameters.front());
  if (!contract) return answer(fail(refuse(Situation::not_found)));
  const auto encode = [](const app::ContractView& view) -> Outcome {
    return json_response(wire::to_json(contract_answer(view)));
  };
  call.service->use_cases.billing.ask_contract(call.caller.organization, *contract,
                                               answer_with<app::ContractView>(answer, encode));
}

void handle_billing_period(Call& call, const Answer& answer) {
  const auto contract = core::Uuid::parse(call.path_parameters.front());
  const auto period = core::Uuid::parse(call.path_parameters.back());
  if (!contract || !period) return answer(fail(refuse(Situation::not_found)));
  call.service->use_cases.billing.ask_period(call.caller.organization, *contract, *period,
                                             answer_with<app::PeriodAnswer>(answer, period_outcome));
}

}  // namespace tallystick::server
