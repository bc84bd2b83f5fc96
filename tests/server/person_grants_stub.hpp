#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/person_grants.hpp"

namespace tallystick::test {

/// Answers as PersonGrants would, from a handful of names: one client `billing-app`, with and without its secret, one
/// person, one code, one refresh token, one assertion. Answers in the thread that asks.
class PersonGrantsStub final : public app::PersonGrants {
 public:
  static constexpr std::string_view client_id = "billing-app";
  static constexpr std::string_view client_secret = "secret+of%20the app";
  static constexpr std::string_view redirect_uri = "http://127.0.0.1:4999/back";
  static constexpr std::string_view email = "ana@example.com";
  static constexpr std::string_view password = "pass & word";

  [[nodiscard]] Result<AuthorizationOffer, AuthorizationRefusal> check(
      const AuthorizationRequest& request) const override {
    const auto refusal = [](bool may_redirect, std::string error) {
      return fail(AuthorizationRefusal{may_redirect, std::move(error), "Words for <people>."});
    };
    if (request.client_id != client_id || request.redirect_uri != redirect_uri)
      return refusal(false, "invalid_request");
    if (request.response_type != "code") return refusal(true, "unsupported_response_type");
    if (request.code_challenge_method != "S256") return refusal(true, "invalid_request");
    return AuthorizationOffer{.organization_name = "Blue <Harbor> Bank", .client_id = request.client_id};
  }

  void sign_in(AuthorizationRequest request, std::string as_email, std::string secret, core::TimePoint /*now*/,
               OnCode on_code) override {
    signed_in.push_back(std::move(request));
    if (problem) return on_code(fail(*problem));
    if (as_email != email || secret != password) {
      return on_code(fail(core::Problem{core::ProblemKind::bad_credentials, "wrong", {}, 0}));
    }
    on_code(std::string("code/1"));
  }

  void exchange_code(CodeExchange exchange, core::TimePoint /*now*/, OnTokens on_tokens) override {
    answer(exchange.client,
           exchange.code == "code/1" && exchange.redirect_uri == redirect_uri &&
               exchange.code_verifier == (exchange.client.secret ? "" : "verifier"),
           "refresh-1", on_tokens);
  }
  void refresh(app::ClientProof client, std::string refresh_token, core::TimePoint /*now*/,
               OnTokens on_tokens) override {
    answer(client, refresh_token == "refresh-1", "refresh-2", on_tokens);
  }
  void redeem_assertion(AssertionExchange exchange, core::TimePoint /*now*/, OnTokens on_tokens) override {
    audiences.push_back(exchange.audience);
    token_addresses.push_back(exchange.token_address);
    answer(exchange.client, exchange.org_name == "Blue Harbor Bank" && exchange.assertion == "<a/>", "", on_tokens);
  }

  std::optional<core::Problem> problem{};
  std::vector<AuthorizationRequest> signed_in{};
  std::vector<std::string> audiences{};
  std::vector<std::string> token_addresses{};

 private:
  void answer(const app::ClientProof& client, bool is_good, std::string refresh_token,
              const OnTokens& on_tokens) const {
    if (problem) return on_tokens(fail(*problem));
    if (client.client_id != client_id || client.secret.value_or(std::string(client_secret)) != client_secret) {
      return on_tokens(fail(core::Problem{core::ProblemKind::bad_credentials, "wrong", {}, 0}));
    }
    if (!is_good) return on_tokens(fail(core::Problem{core::ProblemKind::invalid_grant, "stale", {}, 0}));
    on_tokens(app::IssuedToken{"access-1", 600, std::move(refresh_token)});
  }
};

}  // namespace tallystick::test
