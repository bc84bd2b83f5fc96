#include "tallystick/wire/token.hpp"
#include "server/handlers/handlers.hpp"
#include "server/log.hpp"
#include "server/token_request.hpp"

namespace tallystick::server {
namespace {

Response never_cached(Response response) {
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("Pragma", "no-cache");  // RFC 6749, section 5.1
  return response;
}

Response token_response(const app::IssuedToken& issued) {
  wire::AccessToken token;
  token.access_token = issued.access_token;
  token.token_type = "bearer";
  token.expires_in = issued.expires_in_s;
  return never_cached(json_response(wire::to_json(token)));
}

Response refusal_response(const TokenRefusal& refusal) {
  wire::TokenError error;
  error.error = refusal.error;
  error.description = std::string(refusal.description);
  error.error_description = std::string(refusal.description);
  Response response = json_response(wire::to_json(error));
  response.status = refusal.status;
  if (refusal.challenges_basic) response.headers.emplace_back("WWW-Authenticate", R"(Basic realm="tallystick")");
  return never_cached(std::move(response));
}

/// Problems of the use case that are not the client's; RFC 6749 borrows their names from its section 4.1.2.1.
Response problem_response(const core::Problem& problem, const std::string& context_id) {
  if (problem.kind == core::ProblemKind::overloaded) {
    Response response = refusal_response({.status = 503,
                                          .error = "temporarily_unavailable",
                                          .description = "Too many log-ins at once. Try again later."});
    response.headers.push_back(retry_after(problem.retry_after_s));
    return response;
  }
  log::write(log::Level::error, "log-in failed", {{"reason", problem.message}, {"contextId", context_id}});
  return refusal_response({.status = 500, .error = "server_error", .description = "The server could not log you in."});
}

using IssueResult = Result<app::IssuedToken, core::Problem>;

/// Counts and answers what became of a log-in.
void answer_token(const Call& call, const Answer& answer, const IssueResult& issued) {
  const auto count = [&](std::string_view outcome) { call.service->metrics.count_token_request(outcome); };
  if (issued) {
    count("issued");
    return answer(token_response(*issued));
  }
  if (issued.error().kind == core::ProblemKind::bad_credentials) {
    const TokenRefusal refusal = invalid_client(call.request);
    count(refusal.error);
    return answer(refusal_response(refusal));
  }
  count("failed");
  answer(problem_response(issued.error(), call.context_id));
}

}  // namespace

void handle_token(Call& call, const Answer& answer) {
  auto read = read_token_request(call.request);
  if (!read) {
    call.service->metrics.count_token_request(read.error().error);
    return answer(refusal_response(read.error()));
  }
  const UseCases& use_cases = call.service->use_cases;
  const core::TimePoint now = use_cases.clock();
  app::Authentication& authentication = use_cases.authentication;
  ClientCredentials first = std::move(read->credentials);
  authentication.issue_token(
      std::move(first.id), std::move(first.secret), now,
      [&authentication, now, as_sent = std::move(read->as_sent), call = std::move(call),
       answer](const IssueResult& issued) mutable {
        const bool refused = !issued && issued.error().kind == core::ProblemKind::bad_credentials;
        if (!refused || !as_sent) return answer_token(call, answer, issued);
        authentication.issue_token(
            std::move(as_sent->id), std::move(as_sent->secret), now,
            [call = std::move(call), answer](const IssueResult& second) { answer_token(call, answer, second); });
      });
}

}  // namespace tallystick::server
