#include "client/token_request.hpp"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "client/answer.hpp"
#include "client/url.hpp"
#include "tallystick/wire/token.hpp"

namespace tallystick::client {
namespace {

/// Longer lives than any service grants are cut, so that adding one to a time cannot overflow.
constexpr std::int64_t token_seconds_max = std::int64_t{366} * 86'400;

constexpr std::string_view saml2_bearer = "urn:ietf:params:oauth:grant-type:saml2-bearer";

template <class... Function>
struct Overloaded : Function... {
  using Function::operator()...;
};
template <class... Function>
Overloaded(Function...) -> Overloaded<Function...>;

using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

Fields fields_of(const Grant& grant) {
  return std::visit(
      Overloaded{
          [](const ClientCredentials&) -> Fields {
            return {{"grant_type", "client_credentials"}};
          },
          [](const AuthorizationCode& code) -> Fields {
            Fields fields{
                {"grant_type", "authorization_code"}, {"code", code.code}, {"redirect_uri", code.redirect_uri}};
            if (!code.code_verifier.empty()) fields.emplace_back("code_verifier", code.code_verifier);
            return fields;
          },
          [](const RefreshToken& token) -> Fields {
            return {{"grant_type", "refresh_token"}, {"refresh_token", token.refresh_token}};
          },
          [](const Saml2Bearer& saml) -> Fields {
            return {{"grant_type", saml2_bearer}, {"orgName", saml.org_name}, {"assertion", saml.assertion}};
          },
          [](const BearerToken&) -> Fields { return {}; },
      },
      grant);
}

std::string form_of(const Fields& fields) {
  std::string form;
  for (const auto& [name, value] : fields) {
    if (!form.empty()) form += '&';
    form += std::string(name) + "=" + form_encode(value);
  }
  return form;
}

/// What of the grant itself is missing; absent: nothing.
std::optional<std::string> missing_part(const Grant& grant) {
  if (const auto* code = std::get_if<AuthorizationCode>(&grant)) {
    if (code->code.empty() || code->redirect_uri.empty()) {
      return "the grant has no code or no redirect_uri: take the code from the redirect, and the URI with which it was "
             "asked for";
    }
  }
  if (const auto* saml = std::get_if<Saml2Bearer>(&grant)) {
    if (saml->org_name.empty() || saml->assertion.empty()) {
      return "the grant has no org_name or no assertion: both come from the organization's identity provider";
    }
  }
  if (const auto* bearer = std::get_if<BearerToken>(&grant)) {
    if (!is_bearer_token(bearer->access_token)) return "the bearer token is empty, or is no token";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> grant_fault(const Configuration& configuration) {
  const Grant& grant = configuration.grant;
  if (auto missing = missing_part(grant)) return missing;
  if (std::holds_alternative<BearerToken>(grant)) return std::nullopt;
  if (configuration.client_id.empty()) return "the client id is empty: configure the id of an OAuth client";
  const auto* code = std::get_if<AuthorizationCode>(&grant);
  const bool proves_itself_otherwise =
      std::holds_alternative<RefreshToken>(grant) || (code != nullptr && !code->code_verifier.empty());
  if (configuration.client_secret.empty() && !proves_itself_otherwise) {
    return "the client secret is empty: configure the OAuth client's secret";
  }
  return std::nullopt;
}

bool is_used_up(const Grant& grant) {
  return !std::holds_alternative<ClientCredentials>(grant) && !std::holds_alternative<BearerToken>(grant);
}

HttpRequest token_request(const std::string& address, const Configuration& configuration, const Grant& grant) {
  HttpRequest request{.method = "POST",
                      .url = address,
                      .headers = {{"Accept", "application/json"},
                                  {"Content-Type", "application/x-www-form-urlencoded"},
                                  {"User-Agent", configuration.user_agent}},
                      .body = {},
                      .connect_timeout = configuration.connect_timeout,
                      .timeout = configuration.request_timeout,
                      .answer_bytes_max = configuration.answer_bytes_max};
  Fields fields = fields_of(grant);
  if (configuration.client_secret.empty()) {
    fields.emplace_back("client_id", configuration.client_id);
  } else {
    // RFC 6749, section 2.3.1: id and secret are form-encoded before they become a Basic credential.
    request.headers.emplace_back("Authorization", "Basic " + base64(form_encode(configuration.client_id) + ":" +
                                                                    form_encode(configuration.client_secret)));
  }
  request.body = form_of(fields);
  return request;
}

ApiResult<IssuedTokens> issued_tokens(const HttpResponse& response, const std::string& address) {
  if (response.status != 200) {
    ApiError error = token_error(response, address);
    if (error.code == "invalid_grant") {
      error.kind = ApiError::Kind::log_in;
      error.message += "; log in again";
    }
    return fail(std::move(error));
  }
  auto answer = decode<wire::AccessToken>(response, address, "a token");
  if (!answer) return fail(answer.error());
  if (lower_case(answer->token_type) != "bearer" || !is_bearer_token(answer->access_token)) {
    return fail(not_the_model(response, address, "a bearer token", {}));
  }
  return IssuedTokens{.access_token = std::move(answer->access_token),
                      .life = std::chrono::seconds(std::clamp<std::int64_t>(answer->expires_in, 0, token_seconds_max)),
                      .refresh_token = std::move(answer->refresh_token).value_or("")};
}

bool is_bearer_token(std::string_view token) {
  return !token.empty() && std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace tallystick::client
