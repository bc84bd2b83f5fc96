#include <gtest/gtest.h>

#include "server/server_fixture.hpp"

namespace tallystick::test {
namespace {

/// POST /oauth/token for people; for clients themselves see server_test.cpp.
class PersonTokens : public ServerTest {
 protected:
  PersonTokens() { start(); }

  [[nodiscard]] WireAnswer send(std::string body, std::string_view basic = {}) const {
    return ask({.method = "POST",
                .target = "/oauth/token",
                .token = {},
                .content_type = "application/x-www-form-urlencoded",
                .body = std::move(body),
                .headers = basic.empty() ? "" : "Authorization: Basic " + std::string(basic) + "\r\n"});
  }
  static wire::AccessToken token_in(const WireAnswer& answer) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    return wire::from_json<wire::AccessToken>(answer.body).value();
  }
  static std::string error_in(const WireAnswer& answer) {
    return std::to_string(answer.status) + " " + wire::from_json<wire::TokenError>(answer.body).value().error;
  }

  static constexpr std::string_view code =
      "grant_type=authorization_code&code=code%2F1&redirect_uri="
      "http%3A%2F%2F127.0.0.1%3A4999%2Fback";
  static constexpr std::string_view saml = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Asaml2-bearer";
  /// billing-app:secret+of%20the app, as it is; decoded as a form it would be another secret.
  static constexpr std::string_view as_it_is = "YmlsbGluZy1hcHA6c2VjcmV0K29mJTIwdGhlIGFwcA==";
  /// billing-app:secret%2Bof%2520the+app
  static constexpr std::string_view form_encoded = "YmlsbGluZy1hcHA6c2VjcmV0JTJCb2YlMjUyMHRoZSthcHA=";
};

TEST_F(PersonTokens, ForACode) {
  for (const std::string_view basic : {as_it_is, form_encoded}) {
    const wire::AccessToken token = token_in(send(std::string(code), basic));
    EXPECT_EQ(token.access_token, "access-1");
    EXPECT_EQ(token.token_type, "bearer");
    EXPECT_EQ(token.expires_in, 600);
    EXPECT_EQ(token.refresh_token, "refresh-1");
  }
  const std::string pkce = std::string(code) + "&client_id=billing-app&code_verifier=";
  EXPECT_EQ(token_in(send(pkce + "verifier")).refresh_token, "refresh-1");
  EXPECT_EQ(error_in(send(pkce + "other")), "400 invalid_grant");
  EXPECT_EQ(error_in(send(std::string(code), "YmlsbGluZy1hcHA6d3Jvbmc=")), "401 invalid_client");
  EXPECT_EQ(error_in(send(std::string(code) + "&client_id=other&code_verifier=verifier")), "401 invalid_client");
}

TEST_F(PersonTokens, ForARefreshToken) {
  EXPECT_EQ(token_in(send("grant_type=refresh_token&refresh_token=refresh-1", as_it_is)).refresh_token, "refresh-2");
  EXPECT_EQ(token_in(send("grant_type=refresh_token&refresh_token=refresh-1&client_id=billing-app")).refresh_token,
            "refresh-2");
  EXPECT_EQ(error_in(send("grant_type=refresh_token&refresh_token=refresh-0", as_it_is)), "400 invalid_grant");
}

TEST_F(PersonTokens, ForAnAssertion) {
  const wire::AccessToken token =
      token_in(send(std::string(saml) + "&orgName=Blue+Harbor+Bank&assertion=PGEvPg%3D%3D", form_encoded));
  EXPECT_EQ(token.access_token, "access-1");
  EXPECT_EQ(token.refresh_token, std::nullopt);
  const std::string origin = "http://127.0.0.1:" + std::to_string(port);
  EXPECT_EQ(person_grants.audiences, std::vector{origin});
  EXPECT_EQ(person_grants.token_addresses, std::vector{origin + "/oauth/token"});
  EXPECT_EQ(error_in(send(std::string(saml) + "&orgName=Elsewhere&assertion=PGEvPg", as_it_is)), "400 invalid_grant");
  EXPECT_EQ(error_in(send(std::string(saml) + "&orgName=Blue+Harbor+Bank&assertion=%3Ca%2F%3E", as_it_is)),
            "400 invalid_request");
}

TEST_F(PersonTokens, ProblemsOfTheServer) {
  person_grants.problem = core::Problem{core::ProblemKind::overloaded, "full", {}, 7};
  const WireAnswer full = send(std::string(code), as_it_is);
  EXPECT_EQ(error_in(full), "503 temporarily_unavailable");
  EXPECT_EQ(full.header("Retry-After"), "7");
  person_grants.problem = core::Problem{core::ProblemKind::storage_failed, "the disk", {}, 0};
  EXPECT_EQ(error_in(send(std::string(code), as_it_is)), "500 server_error");
}

}  // namespace
}  // namespace tallystick::test
