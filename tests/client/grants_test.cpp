#include <gtest/gtest.h>

#include "client/token_service.hpp"

namespace tallystick::client {
namespace {

using client_test::fields_of;
using client_test::GrantBench;
using client_test::header_of;
using std::chrono::seconds;
using Fields = std::vector<std::pair<std::string, std::string>>;

const AuthorizationCode code_with_pkce{
    .code = "c/1+", .redirect_uri = "http://127.0.0.1:5/callback", .code_verifier = "v-1"};
const AuthorizationCode code_without_pkce{.code = "c1", .redirect_uri = "https://app.example/cb"};
const Saml2Bearer assertion{.org_name = "blue harbor", .assertion = "PHNhbWw+/w=="};

TEST(Grants, AskAsTheirStandardsSay) {
  struct Row {
    const char* what;
    Grant grant;
    const char* secret;
    const char* authorization;
    Fields fields;
  };
  // base64("partner:s3cret"), by coreutils.
  const char* const basic = "Basic cGFydG5lcjpzM2NyZXQ=";
  const Row rows[] = {
      {"code",
       code_without_pkce,
       "s3cret",
       basic,
       {{"grant_type", "authorization_code"}, {"code", "c1"}, {"redirect_uri", "https://app.example/cb"}}},
      {"code of PKCE",
       code_with_pkce,
       "",
       "(absent)",
       {{"grant_type", "authorization_code"},
        {"code", "c/1+"},
        {"redirect_uri", "http://127.0.0.1:5/callback"},
        {"code_verifier", "v-1"},
        {"client_id", "partner"}}},
      {"code of PKCE, with a secret",
       code_with_pkce,
       "s3cret",
       basic,
       {{"grant_type", "authorization_code"},
        {"code", "c/1+"},
        {"redirect_uri", "http://127.0.0.1:5/callback"},
        {"code_verifier", "v-1"}}},
      {"refresh token",
       RefreshToken{"r 1"},
       "s3cret",
       basic,
       {{"grant_type", "refresh_token"}, {"refresh_token", "r 1"}}},
      {"refresh token of PKCE",
       RefreshToken{"r 1"},
       "",
       "(absent)",
       {{"grant_type", "refresh_token"}, {"refresh_token", "r 1"}, {"client_id", "partner"}}},
      {"assertion",
       assertion,
       "s3cret",
       basic,
       {{"grant_type", "urn:ietf:params:oauth:grant-type:saml2-bearer"},
        {"orgName", "blue harbor"},
        {"assertion", "PHNhbWw+/w=="}}},
  };
  for (const Row& row : rows) {
    GrantBench bench(row.grant, row.secret);
    bench.service.refresh_tokens = {"r 1"};
    EXPECT_EQ(bench.token(), "token-1") << row.what;
    const HttpRequest request = bench.last_request();
    EXPECT_EQ(fields_of(request), row.fields) << row.what;
    EXPECT_EQ(header_of(request, "Authorization"), row.authorization) << row.what;
    EXPECT_EQ(header_of(request, "Content-Type"), "application/x-www-form-urlencoded") << row.what;
  }
}

TEST(Grants, WhatIsMissingIsSaidBeforeAnythingIsSent) {
  struct Row {
    Grant grant;
    const char* id;
    const char* secret;
    const char* words;  ///< in the fault; empty: there is none
  };
  const Row rows[] = {
      {ClientCredentials{}, "id", "secret", ""},
      {ClientCredentials{}, "", "secret", "client id"},
      {ClientCredentials{}, "id", "", "client secret"},
      {code_without_pkce, "id", "secret", ""},
      {code_without_pkce, "id", "", "client secret"},
      {code_with_pkce, "id", "", ""},
      {code_with_pkce, "", "", "client id"},
      {AuthorizationCode{.redirect_uri = "https://a.example"}, "id", "secret", "no code"},
      {AuthorizationCode{.code = "c"}, "id", "secret", "redirect_uri"},
      {RefreshToken{"r"}, "id", "", ""},
      {RefreshToken{}, "id", "", ""},
      {RefreshToken{"r"}, "", "", "client id"},
      {assertion, "id", "secret", ""},
      {assertion, "id", "", "client secret"},
      {Saml2Bearer{.assertion = "a"}, "id", "secret", "org_name"},
      {Saml2Bearer{.org_name = "o"}, "id", "secret", "assertion"},
      {BearerToken{"t"}, "", "", ""},
      {BearerToken{}, "", "", "bearer token"},
      {BearerToken{"two lines\r\nX: 1"}, "", "", "bearer token"},
  };
  for (const Row& row : rows) {
    Configuration configuration;
    configuration.client_id = row.id;
    configuration.client_secret = row.secret;
    configuration.grant = row.grant;
    const std::string fault = grant_fault(configuration).value_or("");
    if (*row.words == '\0') {
      EXPECT_EQ(fault, "");
    } else {
      EXPECT_NE(fault.find(row.words), std::string::npos) << fault << " / " << row.words;
    }
  }
}

TEST(Grants, ACodeIsUsedOnceAndThenRefreshedWithRotation) {
  GrantBench bench(code_with_pkce, "");
  EXPECT_EQ(bench.token(), "token-1");
  for (int round = 2; round <= 4; ++round) {
    bench.clock.now += seconds(300);
    EXPECT_EQ(bench.token(), "token-" + std::to_string(round));
  }
  EXPECT_EQ(bench.service.asked,
            (std::vector<std::string>{"authorization_code", "refresh_token", "refresh_token", "refresh_token"}));
}

TEST(Grants, ARefreshTokenThatIsNotRotatedStaysGood) {
  GrantBench bench(code_with_pkce, "");
  bench.service.rotates = false;
  EXPECT_EQ(bench.token(), "token-1");
  for (int round = 2; round <= 3; ++round) {
    bench.clock.now += seconds(300);
    EXPECT_EQ(bench.token(), "token-" + std::to_string(round));
    EXPECT_EQ(client_test::field_of(bench.last_request(), "refresh_token"), "refresh-1");
  }
  GrantBench configured(RefreshToken{"r1"});
  configured.service.rotates = false;
  configured.service.refresh_tokens = {"r1"};
  EXPECT_EQ(configured.token(), "token-1");
  configured.clock.now += seconds(300);
  EXPECT_EQ(configured.token(), "token-2");
}

TEST(Grants, WithoutARefreshTokenAPersonHasToLogInAgain) {
  for (const Grant& grant : {Grant(code_without_pkce), Grant(assertion)}) {
    GrantBench bench(grant);
    bench.service.gives_refresh_tokens = false;
    EXPECT_EQ(bench.token(), "token-1");
    bench.clock.now += seconds(299);
    EXPECT_EQ(bench.token(), "token-1");
    bench.clock.now += seconds(1);
    const ApiError error = bench.error();
    EXPECT_EQ(error.kind, ApiError::Kind::log_in);
    EXPECT_EQ(error.message, "the token has ended and no refresh token came with it: log in again");
    EXPECT_FALSE(error.transient);
    EXPECT_EQ(bench.service.given, 1);
  }
}

TEST(Grants, ARefusedRefreshTokenIsNotTriedAgain) {
  GrantBench bench(RefreshToken{"stolen"});
  const ApiError first = bench.error();
  EXPECT_EQ(first.kind, ApiError::Kind::log_in);
  EXPECT_EQ(first.code, "invalid_grant");
  EXPECT_EQ(first.status, 400);
  EXPECT_EQ(first.message,
            "no token from http://127.0.0.1:8080/oauth/token: 400 invalid_grant: It is used up.; log in again");
  EXPECT_EQ(bench.error().kind, ApiError::Kind::log_in);
  EXPECT_EQ(bench.service.asked.size(), 1U);
}

TEST(Grants, AFailureThatUsedNothingUpIsTriedAgain) {
  GrantBench bench(code_with_pkce, "");
  bench.service.failure = ApiError{.message = "down", .transient = true};
  EXPECT_EQ(bench.token(), "error: down");
  bench.service.failure.reset();
  EXPECT_EQ(bench.token(), "token-1");
  bench.clock.now += seconds(300);
  bench.service.failure = ApiError{.message = "down", .transient = true};
  EXPECT_EQ(bench.token(), "error: down");
  bench.service.failure.reset();
  EXPECT_EQ(bench.token(), "token-2");
}

TEST(Grants, WhatMayBeUsedUpIsNeverSentAgainByItself) {
  // 429 and 503 come before anybody looks at the grant.
  const struct {
    int status;
    bool again;
  } rows[] = {{0, false}, {502, false}, {504, false}, {429, true}, {503, true}};
  for (const Grant& grant : {Grant(code_with_pkce), Grant(assertion), Grant(RefreshToken{"refresh-0"})}) {
    for (const auto& row : rows) {
      GrantBench bench(grant);
      bench.service.failure = ApiError{.status = row.status, .message = "lost", .transient = true};
      EXPECT_EQ(bench.error().transient, row.again) << row.status;
    }
  }
  GrantBench program(ClientCredentials{});
  program.service.failure = ApiError{.message = "lost", .transient = true};
  EXPECT_TRUE(program.error().transient);
}

TEST(Grants, ALostAnswerEndsTheLogInAndSaysSo) {
  GrantBench bench(code_with_pkce, "");
  EXPECT_EQ(bench.token(), "token-1");
  bench.clock.now += seconds(300);
  bench.service.loses_answers = true;
  EXPECT_EQ(bench.token(), "error: cut");
  bench.service.loses_answers = false;
  EXPECT_EQ(bench.error().kind, ApiError::Kind::log_in);
}

TEST(Grants, ABearerTokenIsTakenAsItIs) {
  GrantBench bench(BearerToken{"elsewhere"}, "");
  EXPECT_EQ(bench.token(), "elsewhere");
  bench.clock.now += std::chrono::hours(1000);
  EXPECT_EQ(bench.token(), "elsewhere");
  bench.source().forget("elsewhere");
  const ApiError error = bench.error();
  EXPECT_EQ(error.kind, ApiError::Kind::log_in);
  EXPECT_EQ(error.status, 401);
  EXPECT_EQ(error.message, "the service refused the bearer token, which cannot be renewed: obtain a new one");
  EXPECT_TRUE(bench.transport.requests().empty());
}

TEST(Grants, WaitingIsCutShortButNotWhatUsesSomethingUp) {
  std::stop_source stop;
  stop.request_stop();
  GrantBench credentials(ClientCredentials{});
  EXPECT_EQ(credentials.source().get(stop.get_token()).error().kind, ApiError::Kind::cancelled);
  EXPECT_TRUE(credentials.transport.requests().empty());
  EXPECT_EQ(credentials.token(), "token-1");

  std::stop_source running;
  EXPECT_TRUE(GrantBench(ClientCredentials{}).source().get(running.get_token()));
  struct Row {
    Grant grant;
    bool can_be_cut;
  };
  for (const Row& row : {Row{ClientCredentials{}, true}, Row{code_without_pkce, false}, Row{assertion, false}}) {
    GrantBench bench(row.grant);
    ASSERT_TRUE(bench.source().get(running.get_token()));
    EXPECT_EQ(bench.last_request().stop.stop_possible(), row.can_be_cut);
    EXPECT_EQ(bench.last_request().once, !row.can_be_cut);
  }
}

}  // namespace
}  // namespace tallystick::client
