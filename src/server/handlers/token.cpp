#include "tallystick/wire/token.hpp"

#include <functional>
#include <optional>
#include <variant>

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
  if (!issued.refresh_token.empty()) token.refresh_token = issued.refresh_token;
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

using Issued = Result<app::IssuedToken, core::Problem>;
using OnIssued = std::function<void(const Issued&)>;
/// Asks the use case of a grant on behalf of a client.
using Ask = std::function<void(const ClientCredentials& client, OnIssued on_issued)>;

/// Counts and answers what became of a request.
void answer_token(const Call& call, const Answer& answer, const Issued& issued) {
  const auto refuse_with = [&](const TokenRefusal& refusal) {
    call.service->metrics.count_token_request(refusal.error);
    answer(refusal_response(refusal));
  };
  if (issued) {
    call.service->metrics.count_token_request("issued");
    return answer(token_response(*issued));
  }
  const core::Problem& problem = issued.error();
  if (problem.kind == core::ProblemKind::bad_credentials) return refuse_with(invalid_client(call.request));
  if (problem.kind == core::ProblemKind::invalid_grant) {
    log::write(log::Level::warning, "grant refused", {{"reason", problem.message}, {"contextId", call.context_id}});
    return refuse_with({.status = 400,
                        .error = "invalid_grant",
                        .description = "The code, refresh token or assertion is not valid here, or not any more."});
  }
  call.service->metrics.count_token_request("failed");
  answer(problem_response(problem, call.context_id));
}

app::ClientProof proof_of(const ClientCredentials& client) {
  return {.client_id = client.id,
          .secret = client.secret.empty() ? std::nullopt : std::optional<std::string>(client.secret)};
}

/// Which use case is asked for which grant.
struct Asking {
  const UseCases& use_cases;
  core::TimePoint now;
  std::string origin;

  Ask operator()(const ClientGrant& /*grant*/) const {
    return [&authentication = use_cases.authentication, at = now](const ClientCredentials& client, OnIssued on_issued) {
      authentication.issue_token(client.id, client.secret, at, std::move(on_issued));
    };
  }
  Ask operator()(CodeGrant& grant) const {
    return [&people = use_cases.person_grants, at = now, code = std::move(grant)](const ClientCredentials& client,
                                                                                  OnIssued on_issued) {
      people.exchange_code({.client = proof_of(client),
                            .code = code.code,
                            .redirect_uri = code.redirect_uri,
                            .code_verifier = code.code_verifier},
                           at, std::move(on_issued));
    };
  }
  Ask operator()(RefreshGrant& grant) const {
    return [&people = use_cases.person_grants, at = now, token = std::move(grant.refresh_token)](
               const ClientCredentials& client, OnIssued on_issued) {
      people.refresh(proof_of(client), token, at, std::move(on_issued));
    };
  }
  Ask operator()(AssertionGrant& grant) const {
    return [&people = use_cases.person_grants, at = now, from = origin, assertion = std::move(grant)](
               const ClientCredentials& client, OnIssued on_issued) {
      people.redeem_assertion({.client = proof_of(client),
                               .org_name = assertion.org_name,
                               .assertion = assertion.xml,
                               .audience = from,
                               .token_address = from + std::string(token_path)},
                              at, std::move(on_issued));
    };
  }
};

}  // namespace

void handle_token(Call& call, const Answer& answer) {
  auto read = read_token_request(call.request);
  if (!read) {
    call.service->metrics.count_token_request(read.error().error);
    return answer(refusal_response(read.error()));
  }
  const UseCases& use_cases = call.service->use_cases;
  const Ask ask = std::visit(Asking{.use_cases = use_cases, .now = use_cases.clock(), .origin = call.service->origin()},
                             read->grant);
  // What a client proves is looked at before its grant, so that the second try finds the grant unused.
  ask(read->credentials,
      [ask, as_sent = std::move(read->as_sent), call = std::move(call), answer](const Issued& issued) {
        const bool refused = !issued && issued.error().kind == core::ProblemKind::bad_credentials;
        if (!refused || !as_sent) return answer_token(call, answer, issued);
        ask(*as_sent, [call, answer](const Issued& second) { answer_token(call, answer, second); });
      });
}

}  // namespace tallystick::server
