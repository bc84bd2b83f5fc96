#include "tallystick/client/authorization.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "client/code_challenge.hpp"
#include "client/url.hpp"

namespace tallystick {
namespace {

bool is_base64url(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

// RFC 7636, appendix B.
TEST(Authorization, ChallengesAreThoseOfRfc7636) {
  EXPECT_EQ(client::code_challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST(Authorization, VerifiersAndStatesAreNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const Pkce pkce = make_pkce();
    EXPECT_EQ(pkce.verifier.size(), 43U);
    EXPECT_TRUE(is_base64url(pkce.verifier)) << pkce.verifier;
    EXPECT_EQ(pkce.challenge, client::code_challenge_of(pkce.verifier));
    const std::string state = make_state();
    EXPECT_EQ(state.size(), 22U);
    EXPECT_TRUE(is_base64url(state)) << state;
    seen.insert(pkce.verifier);
    seen.insert(state);
  }
  EXPECT_EQ(seen.size(), 200U);
}

TEST(Authorization, TheLogInPageIsBesideTheTokenAddress) {
  const AuthorizationRequest request{
      .client_id = "id 1&", .redirect_uri = "http://127.0.0.1:5000/callback", .state = "s+1", .code_challenge = "c_-"};
  EXPECT_EQ(authorization_url("https://login.mypurecloud.de/oauth/token", request),
            "https://login.mypurecloud.de/oauth/authorize?response_type=code&client_id=id%201%26"
            "&redirect_uri=http%3A%2F%2F127.0.0.1%3A5000%2Fcallback&state=s%2B1"
            "&code_challenge=c_-&code_challenge_method=S256");
  EXPECT_EQ(authorization_url("http://127.0.0.1:8080/gateway/token",
                              {.client_id = "id", .redirect_uri = "https://app.example/cb", .state = "s"}),
            "http://127.0.0.1:8080/gateway/authorize?response_type=code&client_id=id"
            "&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&state=s");
}

TEST(Authorization, TheCodeIsTakenFromAnAnswerToThisLogInAlone) {
  struct Row {
    const char* query;
    const char* code;
  };
  const Row good[] = {{"code=abc&state=st-1", "abc"},
                      {"state=st-1&code=a%2Bb+c%zz", "a+b c%zz"},
                      {"other=1&state=%73t-1&code=abc&session_state=x", "abc"}};
  for (const Row& row : good) EXPECT_EQ(code_of_redirect(row.query, "st-1").value_or("(none)"), row.code) << row.query;

  const char* const wrong[] = {"",
                               "code=abc",
                               "code=abc&state=",
                               "code=abc&state=st-2",
                               "code=abc&state=st-11",
                               "code=abc&state=st-1&state=st-1",
                               "code=abc&code=abd&state=st-1",
                               "code=&state=st-1",
                               "state=st-1",
                               "error=access_denied&state=st-2"};
  for (const char* query : wrong) {
    const auto code = code_of_redirect(query, "st-1");
    ASSERT_FALSE(code) << query;
    EXPECT_EQ(code.error().kind, ApiError::Kind::answer) << query;
    EXPECT_EQ(code.error().message.find("abc"), std::string::npos) << query;
  }
  EXPECT_FALSE(code_of_redirect("code=abc&state=", ""));
}

TEST(Authorization, ARefusalKeepsItsName) {
  const auto code =
      code_of_redirect("error=access_denied&error_description=No%1b%5B31m+thanks&state=st-1&code=abc", "st-1");
  ASSERT_FALSE(code);
  EXPECT_EQ(code.error().kind, ApiError::Kind::status);
  EXPECT_EQ(code.error().code, "access_denied");
  EXPECT_EQ(code.error().message, "the log-in was refused: access_denied: No [31m thanks");
}

}  // namespace
}  // namespace tallystick
