#include <memory>
#include <optional>

#include "server/authorize_request.hpp"
#include "server/content_type.hpp"
#include "server/handlers/handlers.hpp"
#include "server/log.hpp"
#include "server/log_in_page.hpp"
#include "server/same_origin.hpp"

namespace tallystick::server {
namespace {

using Offer = app::PersonGrants::AuthorizationOffer;

/// What was asked and may be asked, and whom for.
struct Asked {
  AuthorizeRequest request;
  Offer offer;
};

/// Reads and checks what the client asks. The failure is the whole answer. RFC 6749, section 4.1.2.1: where client or
/// redirect URI is wrong, the person stays here; anything else is the client's to know.
Result<Asked, Response> read_asked(const Call& call) {
  auto request = read_authorize_request(call.query);
  if (!request) return fail(refusal_page(request.error(), 400));
  auto offer = call.service->use_cases.person_grants.check(request->asked);
  if (offer) return Asked{.request = *std::move(request), .offer = *std::move(offer)};
  const auto& refusal = offer.error();
  if (!refusal.may_redirect) return fail(refusal_page(refusal.description, 400));
  return fail(
      see_other(address_back(*request, {{"error", refusal.error}, {"error_description", refusal.description}})));
}

/// The form, as it was sent.
struct Form {
  std::string email;
  std::string password;
  bool is_cancelled = false;
};

std::optional<Form> read_form(const Request& request) {
  if (media_type_of(request) != "application/x-www-form-urlencoded") return std::nullopt;
  const auto fields = Query::parse(request.body);
  if (!fields || fields->has_repeated_name()) return std::nullopt;
  const auto decision = fields->get("decision");
  if (decision != "allow" && decision != "cancel") return std::nullopt;
  return Form{.email = std::string(fields->get("email").value_or("")),
              .password = std::string(fields->get("password").value_or("")),
              .is_cancelled = decision == "cancel"};
}

/// The page as it was, with what went wrong.
Response again(const Asked& asked, std::string_view email, std::string_view fault, int status) {
  return log_in_page({.organization = asked.offer.organization_name,
                      .client_id = asked.offer.client_id,
                      .redirect_uri = asked.request.asked.redirect_uri,
                      .email = email,
                      .fault = fault},
                     status);
}

/// Why nobody was logged in. Whether it was the email, the password or the number of tries is not told.
Response refused(const Asked& asked, std::string_view email, const core::Problem& problem,
                 const std::string& context_id) {
  if (problem.kind == core::ProblemKind::bad_credentials) {
    log::write(log::Level::warning, "log-in refused",
               {{"clientId", asked.offer.client_id}, {"reason", problem.message}, {"contextId", context_id}});
    return again(asked, email, "This email and password do not log you in here. Check both, or try again later.", 403);
  }
  if (problem.kind == core::ProblemKind::overloaded) {
    Response response = again(asked, email, "Too many people are logging in at once. Try again in a moment.", 503);
    response.headers.push_back(retry_after(problem.retry_after_s));
    return response;
  }
  log::write(log::Level::error, "log-in failed", {{"reason", problem.message}, {"contextId", context_id}});
  return again(asked, email, "The server could not log you in. Try again later.", 500);
}

}  // namespace

void handle_authorize_page(Call& call, const Answer& answer) {
  const auto asked = read_asked(call);
  answer(asked ? again(*asked, "", "", 200) : asked.error());
}

void handle_authorize_answer(Call& call, const Answer& answer) {
  if (!is_from_own_page(call.request, call.service->origin())) {
    return answer(refusal_page("This form was sent from another site.", 403));
  }
  auto asked = read_asked(call);
  if (!asked) return answer(std::move(asked.error()));
  auto form = read_form(call.request);
  if (!form) return answer(refusal_page("This is not what the log-in page sends.", 400));
  if (form->is_cancelled) {
    return answer(see_other(address_back(
        asked->request, {{"error", "access_denied"}, {"error_description", "The person did not allow it."}})));
  }
  if (form->email.empty() || form->password.empty()) {
    return answer(again(*asked, form->email, "Type your email and your password.", 400));
  }
  app::PersonGrants& people = call.service->use_cases.person_grants;
  auto request = asked->request.asked;
  people.sign_in(std::move(request), form->email, std::move(form->password), call.service->use_cases.clock(),
                 [asked = *std::move(asked), email = form->email, context_id = call.context_id, service = call.service,
                  answer](const Result<std::string, core::Problem>& code) {
                   answer(code ? see_other(address_back(asked.request, {{"code", *code}}))
                               : refused(asked, email, code.error(), context_id));
                 });
}

}  // namespace tallystick::server
