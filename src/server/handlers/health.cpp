#include "server/handlers/handlers.hpp"

namespace tallystick::server {

// A server that answers at all has its store open and its catalog loaded: live and ready are one question.
void handle_health(Call& /*call*/, const Answer& answer) {
  answer(json_response(R"({"status":"ok"})"));
}

void handle_metrics(Call& call, const Answer& answer) {
  Response response;
  response.content_type = Metrics::content_type;
  response.body = call.service->metrics.text(call.service->use_cases.figures());
  answer(std::move(response));
}

}  // namespace tallystick::server
